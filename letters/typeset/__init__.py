"""From a document to pages: lines on the grid, titles, tables, page frames. Pure geometry."""
