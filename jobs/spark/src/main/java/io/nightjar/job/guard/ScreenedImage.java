package io.nightjar.job.guard;

import io.nightjar.score.AnomalyMap;
import java.io.Serializable;

/**
 * A new image compared with a bank.
 *
 * @param path its name within the bank, if it is added
 * @param novelty its score against the bank
 * @param map its patches' distances to the bank
 * @param explained squared length of its centred patches within the bank's components, summed
 * @param total squared length of its centred patches, summed
 */
public record ScreenedImage(
    String path, double novelty, AnomalyMap map, double explained, double total)
    implements Serializable {
  private static final long serialVersionUID = 1L;
}
