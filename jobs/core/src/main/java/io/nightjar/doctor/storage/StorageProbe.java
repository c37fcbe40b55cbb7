package io.nightjar.doctor.storage;

import io.nightjar.doctor.Check;
import io.nightjar.doctor.Finding;
import io.nightjar.io.AtomicFiles;
import io.nightjar.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * What a place on any Hadoop file system allows, tried with small files of its own, which are
 * deleted: listing, reading, writing, replacing, renaming, exclusive creation, deleting; and the
 * storage's clock. No other file is changed.
 */
public final class StorageProbe implements Check {
  /** What the names of all probes begin with. */
  public static final String PREFIX = ".nightjar-doctor-";

  private final String uri;
  private final boolean writes;
  private final Configuration configuration;
  private final Duration limit;

  /**
   * A probe.
   *
   * @param uri a folder or, where nothing is to be written, also a file
   * @param writes whether it is to be written, rather than only listed and read
   * @param limit of each step
   */
  public StorageProbe(String uri, boolean writes, Configuration configuration, Duration limit) {
    this.uri = uri;
    this.writes = writes;
    this.configuration = configuration;
    this.limit = limit;
  }

  /** The longest time that a whole probe takes. */
  public static Duration longest(Duration limit) {
    return limit.multipliedBy(12).plusSeconds(5);
  }

  /**
   * Why this process cannot list and read a place, in a sentence; empty where it can.
   *
   * @param limit of each step
   */
  public static String unreadable(String uri, Configuration configuration, Duration limit) {
    List<Finding> found = new ArrayList<>();
    new StorageProbe(uri, false, configuration, limit).run(found::add);
    return found.stream()
        .filter(Finding.Problem.class::isInstance)
        .map(Finding::sentence)
        .findFirst()
        .orElse("");
  }

  @Override
  public void run(Consumer<Finding> findings) {
    ProbeSteps steps = new ProbeSteps(uri, limit, findings);
    Optional<ProbeFolder> folder =
        steps.step(
            "reach",
            "reached",
            () -> ProbeFolder.find(uri, configuration),
            (found, figures) -> reached(found, figures));
    if (folder.flatMap(ProbeFolder::existing).isEmpty() || (!writes && !folder.get().exists())) {
      return;
    }
    if (folder.get().isFile()) {
      read(folder.get(), folder.get().asked(), steps);
      return;
    }
    list(folder.get(), steps);
    if (writes) {
      new WriteProbe(folder.get(), AtomicFiles.of(folder.get().files(), configuration), steps)
          .run(findings);
    }
  }

  private Finding reached(ProbeFolder found, Map<String, Object> figures) {
    figures.put("exists", found.exists());
    if (found.exists()) {
      if (found.isFile() && writes) {
        return new Finding.Problem(
            "reach",
            "It is a file, and results need a folder.",
            "Name a folder, or name the file with --input if it is only read.",
            figures);
      }
      return new Finding.Ok(
          "reach",
          Text.format(
              "It is a %s on %s.",
              found.isFile() ? "file" : "folder", found.files().getUri().getScheme()),
          figures);
    }
    if (!writes || found.existing().isEmpty()) {
      return new Finding.Problem(
          "reach",
          writes ? "It does not exist, nor does the folder above it." : "It does not exist.",
          "Correct the address, or create the folder.",
          figures);
    }
    figures.put("probed", found.existing().get().toString());
    return new Finding.Note(
        "reach",
        Text.format("It does not exist; %s above it is probed.", found.existing().get()),
        "Nothing is to be done for a folder of results, which a command makes; correct the address"
            + " of an input, and name it with --input.",
        figures);
  }

  private static void list(ProbeFolder folder, ProbeSteps steps) {
    Optional<ProbeFolder.Listing> listing =
        steps.step(
            "list",
            "listed",
            folder::list,
            (found, figures) -> {
              figures.put("entries", found.entries());
              return new Finding.Ok(
                  "list",
                  Text.format(
                      "%s%s in %s.",
                      found.isWhole() ? "" : "More than ",
                      Text.counted(found.entries(), "entry", "entries"),
                      time(figures)),
                  figures);
            });
    listing.flatMap(ProbeFolder.Listing::file).ifPresent(file -> read(folder, file, steps));
  }

  private static void read(ProbeFolder folder, Path file, ProbeSteps steps) {
    steps.step(
        "read",
        "read",
        () -> folder.read(file),
        (bytes, figures) -> {
          figures.put("bytes", bytes);
          figures.put("file", file.toString());
          return new Finding.Ok(
              "read",
              Text.format("%d bytes of %s in %s.", bytes, file.getName(), time(figures)),
              figures);
        });
  }

  /** The time of a step, for its sentence. */
  static String time(Map<String, Object> figures) {
    return Text.format("%.0f ms", 1e3 * (Double) figures.get("seconds"));
  }
}
