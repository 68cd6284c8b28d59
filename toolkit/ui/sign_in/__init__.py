"""Signing in, out and up: plain forms that the server draws, and the gate before the app.

They are HTML without a script, so that a password is typed before anything of the app has
been sent, and so that the browser's own password manager knows them. Everything else of a
team's app is behind `toolkit.ui.sign_in.gate.Gate`.
"""
