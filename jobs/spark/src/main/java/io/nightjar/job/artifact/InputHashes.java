package io.nightjar.job.artifact;

import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.image.FileBytes;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.io.Sha256;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.measure.SecondPass;
import io.nightjar.job.options.StageWork.Counted;
import java.io.Serializable;
import java.security.MessageDigest;
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
   * @param masksAsOne of its masks' files one after the other; empty where there are none, or one
   *     cannot be read
   */
  record Hashed(String path, String image, ArrayList<String> masks, String masksAsOne)
      implements Serializable {
    private static final long serialVersionUID = 2L;

    boolean isComplete() {
      return !image.isEmpty() && masks.stream().noneMatch(String::isEmpty);
    }
  }

  /** Reads all files of some images once. */
  public static InputHashes of(CategoryPasses passes, List<ImageRef> images) {
    LongAccumulator done = passes.stages().counter();
    passes.stages().begin("hash files", Counted.FILES, images.size(), done);
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

  /**
   * Of files that were read before.
   *
   * @param images SHA-256 of the images' files by their paths
   */
  static InputHashes ofImages(Map<String, String> images) {
    return of(
        images.entrySet().stream()
            .map(image -> new Hashed(image.getKey(), image.getValue(), new ArrayList<>(), ""))
            .toList());
  }

  static InputHashes of(List<Hashed> hashed) {
    Map<String, Hashed> byPath = new LinkedHashMap<>();
    hashed.forEach(image -> byPath.put(image.path(), image));
    return new InputHashes(byPath);
  }

  private static Hashed hash(ImageRef image, Configuration hadoop) {
    ArrayList<String> masks = new ArrayList<>();
    MessageDigest asOne = Sha256.digest();
    if (image.isDefective()) {
      for (String mask : image.maskUris()) {
        Optional<byte[]> bytes = read(mask, hadoop);
        bytes.ifPresent(asOne::update);
        masks.add(bytes.map(Sha256::of).orElse(""));
      }
    }
    return new Hashed(
        image.relativePath(),
        read(image.uri(), hadoop).map(Sha256::of).orElse(""),
        masks,
        masks.isEmpty() || masks.contains("") ? "" : Sha256.hex(asOne));
  }

  private static Optional<byte[]> read(String uri, Configuration hadoop) {
    try {
      return uri.isEmpty() ? Optional.empty() : Optional.of(FileBytes.read(uri, hadoop));
    } catch (UnreadableFileException e) {
      // What becomes of it is for the pass to say that uses it.
      return Optional.empty();
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

  /** The hash of an image's masks one after the other; empty where there are none to read. */
  String masksAsOne(ImageRef ref) {
    Hashed hashed = byPath.get(ref.relativePath());
    return hashed == null ? "" : hashed.masksAsOne();
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
                isThat(hashed.image(), read.get(hashed.path()))
                    && isThat(hashed.masksAsOne(), read.get(hashed.path() + "#mask")));
  }

  /** What was not read again cannot differ. */
  private static boolean isThat(String hashed, String read) {
    return read == null || read.equals(hashed);
  }
}
