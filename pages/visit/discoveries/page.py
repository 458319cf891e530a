"""New species: their number by each publisher, and the story of each."""

import streamlit as st

from pages.parts.runtime import store
from pages.visit.discoveries import stories

records = store().surveys.new_records()
code = st.query_params.get("code")
current_record = next((record for record in records if record.code == code), None)
if current_record:
    stories.story(current_record)
else:
    stories.everything(records, store().cases.days_to_announcement())
