"""The screens of the app and the parts they share."""
