package io.nightjar.doctor.machine;

import io.nightjar.doctor.Check;
import io.nightjar.doctor.Examination;
import io.nightjar.doctor.Finding;
import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Whether local folders can be written, and what is free on their disks. */
public final class DiskCheck implements Check {
  /** Less does not hold the embeddings of one category's normal images. */
  public static final long TOO_LITTLE = 1L << 30;

  /** Less does not hold those of a data set of a few categories. */
  public static final long LITTLE = 10L << 30;

  private static final String PREFIX = "nightjar-doctor-";

  private final Map<String, Path> folders;
  private final long tooLittle;
  private final long little;

  /**
   * Of local folders.
   *
   * @param folders by what they are for
   * @param tooLittle free bytes below which a run is bound to fail
   * @param little free bytes below which a large run may fail
   */
  public DiskCheck(Map<String, Path> folders, long tooLittle, long little) {
    this.folders = new LinkedHashMap<>(folders);
    this.tooLittle = tooLittle;
    this.little = little;
  }

  @Override
  public void run(Consumer<Finding> findings) {
    folders.forEach((purpose, folder) -> findings.accept(finding(purpose, folder)));
  }

  private Finding finding(String purpose, Path folder) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("folder", folder.toString());
    try {
      Path existing = existing(folder.toAbsolutePath());
      long free = Files.getFileStore(existing).getUsableSpace();
      figures.put("free_bytes", free);
      Path probe = Files.createTempFile(existing, PREFIX, null);
      try {
        Files.write(probe, new byte[1]);
      } finally {
        Files.deleteIfExists(probe);
      }
      return finding(purpose, folder, free, figures);
    } catch (IOException | RuntimeException e) {
      return new Finding.Problem(
          purpose,
          Text.format("%s cannot be written (%s).", folder, Examination.reason(e)),
          "Give this account the right to write there, or name another folder"
              + " (-Djava.io.tmpdir, spark.local.dir, NIGHTJAR_CACHE).",
          figures);
    }
  }

  private Finding finding(String purpose, Path folder, long free, Map<String, Object> figures) {
    String sentence = Text.format("%s is free in %s.", MemoryCheck.size(free), folder);
    String remedy =
        "Free space there, or name a folder on another disk (-Djava.io.tmpdir, spark.local.dir,"
            + " NIGHTJAR_CACHE).";
    if (free < tooLittle) {
      return new Finding.Problem(purpose, sentence, remedy, figures);
    }
    return free < little
        ? new Finding.Note(purpose, sentence, remedy, figures)
        : new Finding.Ok(purpose, sentence, figures);
  }

  /** The folder, or the nearest above it that exists: a run creates its own. */
  private static Path existing(Path folder) {
    Path existing = folder;
    while (existing.getParent() != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    return existing;
  }
}
