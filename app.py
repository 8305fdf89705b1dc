"""Mapa Aktywności: the server. Runs the frame (`pages/main.py`) and adds to every answer what protects its reader.

Started with `streamlit run app.py`.
"""

from __future__ import annotations

import streamlit as st
from starlette.middleware import Middleware

from pages.parts.headers import SecurityHeaders

app = st.App("pages/main.py", middleware=[Middleware(SecurityHeaders)])
