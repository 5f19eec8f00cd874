"""Running approvals as a file: its columns by the programme, reading it, and what each line says or lacks."""
