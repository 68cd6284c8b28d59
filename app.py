"""The browser app: page set-up and navigation, nothing else."""

from toolkit.ui.look import dress_page
from toolkit.ui.navigation import opened_page

opened = opened_page()
dress_page(opened.title)
opened.run()
