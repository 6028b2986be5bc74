"""Reports: `report_for` fetches and authorises; page, table, CSV, JSON and picture are told from what it gives.

    report_for(user, round_pk=12, unit="utv") -> Report      # Http404 to outsiders, and before the release
    report_for(user, round_pk=12, team="kontorets-lg") -> Report
    trend_of(report, measure, user) -> Trend

The values are in `queries/released.py`.
"""
