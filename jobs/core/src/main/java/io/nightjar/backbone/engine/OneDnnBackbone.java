package io.nightjar.backbone.engine;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.graph.Normalisation;
import io.nightjar.backbone.graph.PatchLayout;
import io.nightjar.backbone.onednn.Session;
import io.nightjar.backbone.patch.LinearReduction;
import io.nightjar.backbone.patch.PatchMaps;
import io.nightjar.dataset.image.RgbImage;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A backbone that oneDNN computes on the CPU. It always computes the same small number of images at
 * once, so that the values of an image depend neither on its batch nor on the number of threads,
 * and the maps between two operations stay in the cache.
 */
final class OneDnnBackbone implements LoadedBackbone {
  /** Images that the network computes at once. */
  private static final int IMAGES = 2;

  private static final float[][] NORMALISED = Normalisation.table();

  private final OneDnnProgram program;
  private final PatchLayout layout;
  private final int threads;

  private final Sessions sessions;

  private OneDnnBackbone(OneDnnProgram program, PatchLayout layout, int threads) {
    this.program = program;
    this.layout = layout;
    this.threads = threads;
    this.sessions = new Sessions(program.network()::newSession);
  }

  /** Loads a backbone; {@code threads} compute one call. */
  static OneDnnBackbone load(BackboneModel backbone, int threads) {
    return new OneDnnBackbone(OneDnnProgram.of(backbone, IMAGES), backbone.layout(), threads);
  }

  @Override
  public List<float[]> embed(
      List<RgbImage> images, Output output, Optional<LinearReduction> reduction) {
    PatchMaps maps = maps(images);
    return switch (output) {
      case MAPS -> maps.levels();
      case PATCHES -> List.of(maps.rows());
      case REDUCED -> List.of(reduction.orElseThrow().reduce(maps));
    };
  }

  private PatchMaps maps(List<RgbImage> images) {
    List<float[]> levels = new ArrayList<>();
    for (PatchLayout.Level level : layout.levels()) {
      levels.add(new float[Math.multiplyExact(images.size(), level.values())]);
    }
    int runs = (images.size() - 1) / IMAGES + 1;
    Threads.run(
        Math.min(threads, runs),
        part ->
            IntStream.range(0, runs)
                .filter(run -> run % threads == part)
                .forEach(run -> run(images, run * IMAGES, levels)));
    return new PatchMaps(layout, images.size(), levels);
  }

  private void run(List<RgbImage> images, int from, List<float[]> levels) {
    List<RgbImage> some = images.subList(from, Math.min(from + IMAGES, images.size()));
    Session session = sessions.take();
    try {
      write(some, session.slot(program.input()));
      session.run();
      for (int number = 0; number < levels.size(); number++) {
        int values = layout.levels().get(number).values();
        session
            .slot(program.levels().get(number))
            .get(levels.get(number), from * values, some.size() * values);
      }
    } finally {
      sessions.giveBack(session);
    }
  }

  private static void write(List<RgbImage> images, FloatBuffer planes) {
    for (RgbImage image : images) {
      byte[] pixels = image.pixels();
      float[] plane = new float[pixels.length / Normalisation.CHANNELS];
      for (int channel = 0; channel < Normalisation.CHANNELS; channel++) {
        for (int i = 0; i < plane.length; i++) {
          plane[i] = NORMALISED[channel][pixels[i * Normalisation.CHANNELS + channel] & 0xff];
        }
        planes.put(plane);
      }
    }
    // An unused slot costs as much as an image; its values only have to be finite.
    while (planes.hasRemaining()) {
      planes.put(0f);
    }
  }

  @Override
  public void close() {
    sessions.close();
    program.network().close();
  }
}
