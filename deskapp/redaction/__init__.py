"""The copy that may be given out (区分处理, 条例 37): what to cover is proposed, a person decides page by page, the copy is a picture."""
