"""What an attendee's page shows and takes down."""
