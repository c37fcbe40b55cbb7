package io.nightjar.faults;

import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Command lines on the tiny data set and its network, in chunks and batches of two images.
 *
 * @param data URI of the data set
 * @param weights URI of its network
 */
record TinyCommand(String data, String weights) {
  /** Writes data and weights into a folder. */
  static TinyCommand in(Path work) throws IOException {
    return new TinyCommand(
        TinyDataset.generate(work.resolve("data")).toString(),
        TinyDataset.writeWeights(work.resolve("resnet18.safetensors")).toString());
  }

  /** The same with the data under another URI. */
  TinyCommand withData(String uri) {
    return new TinyCommand(uri, weights);
  }

  List<String> evaluate(String out, List<String> more) {
    List<String> arguments = with("evaluate", "--out", out, "--visualizations", "1");
    arguments.addAll(List.of("--chunk-images", "2"));
    arguments.addAll(more);
    return arguments;
  }

  List<String> buildBank(String banks) {
    return with("build-bank", "--bank", banks);
  }

  List<String> score(String banks, String out) {
    List<String> arguments = score(banks);
    arguments.addAll(List.of("--out", out));
    return arguments;
  }

  /** Without the folder for its results. */
  List<String> score(String banks) {
    return with("score", "--bank", banks);
  }

  private List<String> with(String... words) {
    List<String> arguments = new ArrayList<>(List.of(words));
    arguments.addAll(List.of("--data", data));
    arguments.addAll(List.of("--weights", weights, "--backbone", "resnet18"));
    arguments.addAll(List.of("--image-size", "64", "--grid", "8", "--batch-images", "2"));
    return arguments;
  }
}
