"""Run folders: logs, checkpoints, exports, lists."""
