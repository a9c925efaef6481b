"""The model that tells what each way to restore a photo gains, and the choice by it."""
