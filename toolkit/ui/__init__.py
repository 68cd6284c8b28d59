"""The browser app. The only package that imports Streamlit, and one that computes nothing.

Conventions, for whoever adds a page:

- ``app.py`` sets up the page. ``places.py`` names the pages; link with
  ``places.SCREEN.link("Build a screen")``, never with an address of your own.
  ``navigation.py`` says which function draws which place, and in which section it stands.
- ``pages/NAME.py`` has one function ``page()`` that reads top to bottom like the screen:
  heading, empty state, sentence, picture, table, details. It fetches
  ``work = workspace()``, hands values to components, and puts what they return back.
- ``components/NAME.py`` takes values and returns values. No component reads the session.
- Nothing lives in a widget: the workspace (``state.py``) does, and survives a page change.
  A widget whose value can be replaced from outside (preset, file) has
  ``work.revision`` in its key, so that it starts again from the new value.
- Options of a widget are plain texts or numbers (Streamlit copies them deeply), given
  words by ``format_func``.
- ``opening.py`` turns files and samples into the session's candidates; it keeps the tables
  as read, never the files, so that what is refused is nowhere.
- Every result comes through ``results.py`` and its neighbours (``stress_results.py``,
  ``group_results.py`` and so on), which keep it under the content hashes of what it depends
  on (``work.keep``); a spinner says what is going on. A result that is not
  in the library does not belong here either.
- Shared components: ``heading.heading`` (title and lead sentence), ``heading.section``,
  ``empty_state.candidates_missing`` / ``screen_missing`` (begin a page with
  ``if screen_missing(work): return``), ``picture.picture`` (chart with the same in words),
  ``table.table`` (table with CSV and XLSX to take away; ``table.table_download`` alone),
  ``formula.formula`` (how a figure is worked out, folded),
  ``candidate_picker.candidate_picker`` (by code or name; the code stands in the address),
  ``progress.working``.
- Alone or in a team: ``team.person()`` is who is signed in, None when working alone, and
  ``team.requisition()`` the key of what is open; both ask the store on every run. What a person
  may do is checked by the functions of the store that a page calls; ``places.py`` only says who
  finds the page. The forms of signing in are no pages: ``sign_in/`` draws them before the app.
- Uploaded text (names, column names, file names, messages) goes through
  ``plain_text.plain`` before it enters Markdown; tables show it as it is.
- ``with faults.shown_in_place():`` around what a user can get wrong shows the library's
  message there; whatever else fails becomes one calm sentence (``faults.calmly``).
- Group membership is shown on the pages of the section Groups alone, and never
  beside a candidate.
- Words: "consistent with", "suspected", "adverse impact indicated"; see docs/wording.md.
"""
