package io.nightjar.job.artifact;

import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.image.FileBytes;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.io.Sha256;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.measure.SecondPass;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The SHA-256 of all files of a category before anything is made of them: of images, and of the
 * masks of defective ones. A file that cannot be read has none.
 */
public final class InputHashes {
  private final Map<String, Hashed> byPath;

  private InputHashes(Map<String, Hashed> byPath) {
    this.byPath = byPath;
  }

  /**
   * The hashes of one image.
   *
   * @param image of its file; empty where that cannot be read
   * @param masks of its masks' files, each empty where that cannot be read
   */
  record Hashed(String path, String image, ArrayList<String> masks) implements Serializable {
    private static final long serialVersionUID = 1L;

    boolean isComplete() {
      return !image.isEmpty() && masks.stream().noneMatch(String::isEmpty);
    }
  }

  /** Reads all files of some images once. */
  public static InputHashes of(CategoryPasses passes, List<ImageRef> images) {
    LongAccumulator done = passes.stages().counter();
    passes.stages().begin("hash files", images.size(), done);
    Broadcast<SerializableConfiguration> shared = passes.run().configuration();
    List<Hashed> hashed =
        passes
            .run()
            .spark()
            .parallelize(images, passes.run().partitionsOf(images.size()))
            .map(
                image -> {
                  SecondPass.endIfCancelled();
                  done.add(1);
                  return hash(image, shared.value().value());
                })
            .collect();
    return of(hashed);
  }

  static InputHashes of(List<Hashed> hashed) {
    Map<String, Hashed> byPath = new LinkedHashMap<>();
    hashed.forEach(image -> byPath.put(image.path(), image));
    return new InputHashes(byPath);
  }

  private static Hashed hash(ImageRef image, Configuration hadoop) {
    ArrayList<String> masks = new ArrayList<>();
    if (image.isDefective()) {
      image.maskUris().forEach(mask -> masks.add(hash(mask, hadoop)));
    }
    return new Hashed(image.relativePath(), hash(image.uri(), hadoop), masks);
  }

  private static String hash(String uri, Configuration hadoop) {
    try {
      return uri.isEmpty() ? "" : Sha256.of(FileBytes.read(uri, hadoop));
    } catch (UnreadableFileException e) {
      // What becomes of it is for the pass to say that uses it.
      return "";
    }
  }

  /** Whether every file could be read. */
  boolean isComplete() {
    return byPath.values().stream().allMatch(Hashed::isComplete);
  }

  /** The hash of an image's file; empty where it could not be read. */
  public Optional<String> image(ImageRef ref) {
    return Optional.ofNullable(byPath.get(ref.relativePath()))
        .map(Hashed::image)
        .filter(hash -> !hash.isEmpty());
  }

  /** The hashes of an image's masks. */
  List<String> masks(ImageRef ref) {
    Hashed hashed = byPath.get(ref.relativePath());
    return hashed == null ? List.of() : hashed.masks();
  }

  /**
   * Whether what was read later is what was hashed.
   *
   * @param read SHA-256 by path, as a quarantine has it: a mask's path is its image's with "#mask"
   */
  public boolean agreeWith(Map<String, String> read) {
    return byPath.values().stream()
        .allMatch(
            hashed ->
                hashed.image().equals(read.getOrDefault(hashed.path(), hashed.image()))
                    && (hashed.masks().size() != 1
                        || hashed
                            .masks()
                            .get(0)
                            .equals(
                                read.getOrDefault(
                                    hashed.path() + "#mask", hashed.masks().get(0)))));
  }
}
