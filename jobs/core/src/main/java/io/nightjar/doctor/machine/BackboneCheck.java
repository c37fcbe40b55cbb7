package io.nightjar.doctor.machine;

import io.nightjar.backbone.engine.BackboneEngine;
import io.nightjar.backbone.engine.DeviceChoice;
import io.nightjar.backbone.engine.LoadedBackbone;
import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Size;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.doctor.Check;
import io.nightjar.doctor.Examination;
import io.nightjar.doctor.Finding;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The network on every device of this machine: whether it runs, and how many images a second. */
public final class BackboneCheck implements Check {
  private static final int BATCH = 8;

  private final Supplier<BackboneModel> model;
  private final int threads;
  private final double seconds;

  /**
   * A measurement.
   *
   * @param model reads the weights
   * @param threads that work side by side on the CPU, each on batches of its own
   * @param seconds of each measurement, at least one batch
   */
  public BackboneCheck(Supplier<BackboneModel> model, int threads, double seconds) {
    this.model = model;
    this.threads = threads;
    this.seconds = seconds;
  }

  /** What is found where no weights are named: nothing is measured. */
  public static Finding leftOut() {
    return Finding.note(
        "backbone",
        "Not measured: no weights are named, and Nightjar brings none.",
        "Add --weights, with --backbone, to measure the network and to see that they fit.");
  }

  @Override
  public void run(Consumer<Finding> findings) throws Exception {
    BackboneModel backbone;
    try {
      backbone = model.get();
    } catch (InvalidInputException e) {
      findings.accept(
          Finding.problem(
              "weights",
              e.getMessage(),
              "Name weights that can be read and fit --backbone (README, Weights)."));
      return;
    }
    findings.accept(
        new Finding.Ok(
            "weights",
            Text.format("%s fit %s.", backbone.weightsSource(), backbone.spec().backbones()),
            Map.of("sha256", backbone.weightsSha256())));
    for (DeviceChoice device : DevicesCheck.usable()) {
      try {
        findings.accept(measure(backbone, device));
      } catch (RuntimeException | LinkageError e) {
        findings.accept(
            Finding.problem(
                "backbone on " + device.device(),
                Text.format("The network does not run there: %s.", Examination.reason(e)),
                "Check the library and the memory of the device, or use another (--device)."));
      }
    }
  }

  private Finding measure(BackboneModel backbone, DeviceChoice device) throws Exception {
    BackboneEngine engine = BackboneEngine.of(backbone.spec(), device);
    String subject = "backbone on " + device.device();
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("engine", engine.title());
    try (LoadedBackbone loaded =
        LoadedBackbone.load(backbone, engine, LoadedBackbone.Output.PATCHES, device, 1)) {
      List<RgbImage> batch = batch(backbone.spec().imageSizes());
      if (!isFinite(embed(loaded, batch))) {
        return new Finding.Problem(
            subject,
            Text.format("%s computes embeddings that are no finite numbers.", engine.title()),
            "Check the weights (their SHA-256) and, on a GPU, its driver; use another --device or"
                + " --precision.",
            figures);
      }
      int together = device.gpu().isPresent() ? 1 : threads;
      double one = BATCH * Rate.of(1, seconds, thread -> () -> embed(loaded, batch));
      double all =
          together == 1
              ? one
              : BATCH * Rate.of(together, seconds, thread -> () -> embed(loaded, batch));
      figures.put("one_thread_images_per_second", one);
      figures.put("threads", together);
      figures.put("all_threads_images_per_second", all);
      return new Finding.Ok(
          subject,
          Text.format(
              "%s embeds %.1f images/s of %s pixels with one thread%s.",
              engine.title(),
              one,
              backbone.spec().imageSizes().stream()
                  .map(String::valueOf)
                  .collect(Collectors.joining(" and ")),
              together == 1 ? "" : Text.format(", %.1f with %d side by side", all, together)),
          figures);
    }
  }

  private static float[] embed(LoadedBackbone loaded, List<RgbImage> batch) {
    return loaded.embed(batch, LoadedBackbone.Output.PATCHES, Optional.empty()).get(0);
  }

  private static boolean isFinite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  private static List<RgbImage> batch(List<Size> sizes) {
    Random random = new Random(1);
    List<RgbImage> images = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      for (Size size : sizes) {
        byte[] pixels = new byte[3 * size.cells()];
        random.nextBytes(pixels);
        images.add(new RgbImage(size.width(), size.height(), pixels));
      }
    }
    return images;
  }
}
