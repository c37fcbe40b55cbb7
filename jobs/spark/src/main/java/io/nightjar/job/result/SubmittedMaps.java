package io.nightjar.job.result;

import io.nightjar.text.Text;
import java.util.List;

/**
 * What was written for an evaluation server.
 *
 * @param folder within the results
 * @param maps how many were written
 * @param missing images without labels that have no map, since they cannot be read or their
 *     category failed
 * @param lacking objects of the data set without maps, which the server takes together, sorted
 * @param thresholded whether there are thresholded maps as well
 */
public record SubmittedMaps(
    String folder, int maps, int missing, List<String> lacking, boolean thresholded) {

  /**
   * What is missing of a submission that the server takes.
   *
   * @return a sentence; empty where nothing is missing
   */
  public String gaps() {
    StringBuilder gaps = new StringBuilder();
    if (missing > 0) {
      gaps.append(
          missing == 1 ? "1 image has no map. " : Text.format("%d images have no map. ", missing));
    }
    if (!lacking.isEmpty()) {
      gaps.append(Text.format("There are no maps of %s. ", String.join(", ", lacking)));
    }
    return gaps.isEmpty()
        ? ""
        : gaps.append("The server takes complete submissions only.").toString();
  }
}
