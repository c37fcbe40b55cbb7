package io.nightjar.job;

import io.nightjar.bank.shard.QueryBlock;
import java.io.Serializable;
import java.util.ArrayList;

/** The reduced patches of one batch of test images, and the images they are of. */
record QueriedImages(QueryBlock patches, ArrayList<SourceImage> images) implements Serializable {
  private static final long serialVersionUID = 1L;
}
