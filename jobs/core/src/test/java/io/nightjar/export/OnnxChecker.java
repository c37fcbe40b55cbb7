package io.nightjar.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.onnx.global.onnx;

/** ONNX's own checker, with the inference of all types and shapes. */
final class OnnxChecker {
  private OnnxChecker() {}

  /**
   * Checks a model with the files next to it.
   *
   * @throws RuntimeException with what ONNX says against it
   */
  static void require(Path model) {
    onnx.check_model(model.toString(), true, false, true);
  }

  /** Checks a model that has no other files. */
  static void require(byte[] model) {
    try {
      Path file = Files.createTempFile("checked", ".onnx");
      try {
        Files.write(file, model);
        require(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
