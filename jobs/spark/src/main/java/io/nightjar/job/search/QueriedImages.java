package io.nightjar.job.search;

import io.nightjar.bank.shard.QueryBlock;
import io.nightjar.job.embed.SourceImage;
import java.io.Serializable;
import java.util.ArrayList;

/** The reduced patches of one batch of test images, and the images they are of. */
record QueriedImages(QueryBlock patches, ArrayList<SourceImage> images) implements Serializable {
  private static final long serialVersionUID = 1L;
}
