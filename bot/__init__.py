"""Right Things: answers on leadership and management, from articles, with their sources."""
