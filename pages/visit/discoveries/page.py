"""Species that were new: how many, by whose count, and the story of each."""

import streamlit as st

from pages.parts.runtime import store
from pages.visit.discoveries import stories

records = store().surveys.new_records()
asked = st.query_params.get("code")
found = next((record for record in records if record.code == asked), None)
if found:
    stories.story(found)
else:
    stories.everything(records, store().cases.days_to_announcement())
