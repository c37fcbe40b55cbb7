package io.nightjar.doctor.storage;

import io.nightjar.doctor.ClockSkew;
import io.nightjar.doctor.Finding;
import io.nightjar.io.AtomicFiles;
import io.nightjar.text.Text;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** The part of a probe that writes, and deletes what it has written. */
final class WriteProbe {
  private static final int BYTES = 32 << 10;

  private final ProbeFolder folder;
  private final AtomicFiles atomic;
  private final ProbeSteps steps;
  private final Set<Path> probes = ConcurrentHashMap.newKeySet();

  WriteProbe(ProbeFolder folder, AtomicFiles atomic, ProbeSteps steps) {
    this.folder = folder;
    this.atomic = atomic;
    this.steps = steps;
  }

  void run(Consumer<Finding> findings) {
    boolean written = false;
    try {
      written = write();
    } finally {
      if (written || steps.isHanging()) {
        delete(findings);
      } else {
        steps.quietly(this::deleteAll);
      }
    }
  }

  private boolean write() {
    String id = UUID.randomUUID().toString();
    Path probe = folder.probe(id);
    byte[] content = new byte[BYTES];
    new Random(id.hashCode()).nextBytes(content);
    long before = System.currentTimeMillis();
    Optional<Boolean> written =
        steps.step(
            "write",
            "written",
            () -> {
              create(probe, content);
              return true;
            },
            (done, figures) ->
                new Finding.Ok(
                    "write",
                    Text.format("%d bytes in %s.", BYTES, StorageProbe.time(figures)),
                    figures));
    long after = System.currentTimeMillis();
    if (written.isEmpty()) {
      return false;
    }
    readBack(probe, content);
    clock(probe, before, after);
    exclusive(probe, folder.probe(id + "-contended"), folder.probe(id + "-contended-again"));
    replace(probe);
    rename(probe, folder.probe(id + "-renamed"));
    return true;
  }

  /** A creation that was given up and succeeds all the same is undone. */
  private void create(Path probe, byte[] content) throws IOException {
    probes.add(probe);
    atomic.create(probe, content);
    if (steps.isHanging()) {
      folder.files().delete(probe, false);
    } else {
      folder.files().deleteOnExit(probe);
    }
  }

  private void readBack(Path probe, byte[] content) {
    steps.step(
        "read after write",
        "read back",
        () -> {
          FileStatus status = folder.files().getFileStatus(probe);
          return status.getLen() == BYTES
              && Arrays.equals(folder.readWhole(probe), content)
              && folder.lists(probe.getName());
        },
        (same, figures) ->
            same
                ? new Finding.Ok(
                    "read after write",
                    Text.format(
                        "The file is listed and has its content at once, in %s.",
                        StorageProbe.time(figures)),
                    figures)
                : new Finding.Problem(
                    "read after write",
                    "A file that was just written is not listed, or not with its content.",
                    "Use a storage with consistent listings (S3 is since 2020), or switch caches off"
                        + " that are in front of it.",
                    figures));
  }

  private void clock(Path probe, long before, long after) {
    steps.step(
        "clock",
        "asked for the time of a file",
        () -> folder.files().getFileStatus(probe).getModificationTime(),
        // Object stores, and many file systems, keep whole seconds.
        (shown, figures) ->
            ClockSkew.finding(
                "clock", "the storage", ClockSkew.seconds(before, after, shown, 999), figures));
  }

  private void exclusive(Path probe, Path contended, Path contendedAgain) {
    probes.add(contended);
    probes.add(contendedAgain);
    steps.step(
        "exclusive creation",
        "tried",
        () -> Exclusiveness.of(folder, atomic, probe, contended, contendedAgain),
        (found, figures) -> {
          figures.put("exclusive", found.isExclusive());
          figures.put("created_again", found.again());
          figures.put("overlapping_succeeded", found.overlapping());
          figures.put("writers", Exclusiveness.WRITERS);
          figures.put("succeeded", found.together());
          return exclusiveness(found, folder.isObjectStore(), figures);
        });
  }

  private static Finding exclusiveness(
      Exclusiveness found, boolean isObjectStore, Map<String, Object> figures) {
    String subject = "exclusive creation";
    if (found.isExclusive()) {
      return new Finding.Ok(
          subject,
          Text.format(
              "A file that exists is not created again, and of %d writers at once one succeeds%s.",
              Exclusiveness.WRITERS, isObjectStore ? " (a conditional PUT)" : ""),
          figures);
    }
    if (isObjectStore && !found.again()) {
      return new Finding.Note(
          subject,
          found.overlapping() > 1
              ? "A file that exists is not created again, but of two uploads at once both succeed and"
                  + " the later wins: the client makes no conditional PUT, or the store ignores it."
              : Text.format(
                  "A file that exists is not created again, nor by the later of two uploads (a"
                      + " conditional PUT), but of %d at the same moment %d succeed: the store tests"
                      + " the condition before it writes.",
                  Exclusiveness.WRITERS, found.together()),
          "Nothing is to be done for runs that begin more than seconds apart: a claim of a folder is"
              + " read again after two seconds. Do not start two into one folder at the same moment.",
          figures);
    }
    return new Finding.Problem(
        subject,
        Text.format(
            "A file that exists %s, and of %d writers at once %d succeed.",
            found.again() ? "is created again" : "is not created again",
            Exclusiveness.WRITERS,
            found.together()),
        "Do not run two commands into one folder there, or use another storage: claims of folders and"
            + " versions of banks rely on it.",
        figures);
  }

  private void replace(Path probe) {
    byte[] other = {1, 2, 3};
    steps.step(
        "replace",
        "replaced",
        () -> {
          atomic.replace(probe, other);
          return Arrays.equals(folder.readWhole(probe), other);
        },
        (same, figures) ->
            same
                ? new Finding.Ok(
                    "replace",
                    Text.format(
                        "A file is replaced as a whole%s, in %s.",
                        folder.isObjectStore() ? " by a PUT" : " by an atomic rename",
                        StorageProbe.time(figures)),
                    figures)
                : new Finding.Problem(
                    "replace",
                    "A file that was replaced still has its old content.",
                    "Use a storage that is consistent, or switch caches off that are in front of it.",
                    figures));
  }

  private void rename(Path probe, Path renamed) {
    probes.add(renamed);
    steps.step(
        "rename",
        "renamed",
        () ->
            folder.files().rename(probe, renamed)
                && folder.files().exists(renamed)
                && !folder.files().exists(probe),
        (done, figures) ->
            done
                ? new Finding.Ok(
                    "rename",
                    Text.format(
                        "In %s%s.",
                        StorageProbe.time(figures),
                        folder.isObjectStore() ? "; it is a copy within the store" : ""),
                    figures)
                : new Finding.Problem(
                    "rename",
                    "A file cannot be renamed in its folder.",
                    "Give this account the right to rename there: results are shown by renaming.",
                    figures));
  }

  private void delete(Consumer<Finding> findings) {
    if (steps.isHanging()) {
      if (!probes.isEmpty()) {
        findings.accept(
            Finding.note(
                "delete",
                Text.format(
                    "Since the storage hangs, it is not known whether files are left whose names begin"
                        + " with %s.",
                    StorageProbe.PREFIX),
                "Delete them once it answers; they are empty or small."));
      }
      return;
    }
    steps.step(
        "delete",
        "emptied of the probes",
        this::deleteAll,
        (left, figures) ->
            left == 0
                ? new Finding.Ok(
                    "delete",
                    Text.format("Nothing is left, in %s.", StorageProbe.time(figures)),
                    figures)
                : new Finding.Problem(
                    "delete",
                    Text.format("%d of the probes cannot be deleted.", left),
                    "Give this account the right to delete there, and delete the files whose names"
                        + " begin with "
                        + StorageProbe.PREFIX
                        + ".",
                    figures));
  }

  /** Gives the number of probes that are still there. */
  private int deleteAll() throws IOException {
    int left = 0;
    for (Path probe : List.copyOf(probes)) {
      folder.files().delete(probe, false);
      folder.files().cancelDeleteOnExit(probe);
      left += folder.files().exists(probe) ? 1 : 0;
    }
    return left;
  }
}
