"""What does the data set hold, is it sound, and what answers a query?"""
