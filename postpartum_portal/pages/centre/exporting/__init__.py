"""書き出し: tables of applications, bookings, letters and figures as files."""
