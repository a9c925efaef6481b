"""The window. Only this package and `deblur_app.app` know Qt."""
