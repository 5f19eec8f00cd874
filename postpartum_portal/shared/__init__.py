"""What every app leans on: clock, era dates, money, text, PDF, jobs, mail, events, tenancy. No municipal rule."""
