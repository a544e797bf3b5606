"""What is loaded, replaced and removed as a whole: releases, sets, environments and annotations."""
