"""Places to visit, and for each what has been met there."""

import streamlit as st

from pages.parts.runtime import store
from pages.visit.places import places

sites = store().sites.all_sites()
current_site = next((site for site in sites if site.code == st.query_params.get("id")), None)
if current_site:
    places.one(current_site)
else:
    places.everything(sites)
