"""Pages, layers and pictures made of answers; a view holds no Cypher and no rule."""
