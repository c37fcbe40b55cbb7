package io.nightjar.job.folder;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.HadoopPaths;
import io.nightjar.io.ObjectStores;
import io.nightjar.io.PlainFiles;
import io.nightjar.io.place.InputPlaces;
import io.nightjar.io.place.PlaceFault;
import io.nightjar.job.result.FinishedRunException;
import io.nightjar.report.status.RunStatus;
import io.nightjar.text.Text;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder that a run writes to: one folder, one run at a time. The run claims it, writes its
 * results aside, into a folder within it, and shows them whole with {@link #publish}; until then,
 * and where the run fails, the folder keeps the results that it had.
 */
public final class RunFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunFolder.class);
  private static final int NAMED = 3;

  private final FileSystem files;
  private final Path folder;
  private final String out;
  private final RunClaim claim;
  private final WorkFolder work;
  private boolean keepsWork;

  private RunFolder(FileSystem files, Path folder, String out, RunClaim claim) {
    this.files = files;
    this.folder = folder;
    this.out = out;
    this.claim = claim;
    this.work = WorkFolder.of(folder, claim.run());
  }

  /**
   * Claims a folder, which is made where it is missing. Nothing in it is changed yet.
   *
   * @param out a path or URI
   * @param overwrite whether the results of another run may be replaced
   * @param inputs what the run reads
   * @throws InvalidInputException if it overlaps an input, holds files that no run has written, or
   *     results that may not be replaced; if another run writes to it; or if it cannot be written
   */
  public static RunFolder claim(
      String out, boolean overwrite, InputPlaces inputs, Configuration configuration) {
    return claim(out, overwrite, Request.NONE, inputs, configuration);
  }

  /**
   * The same for a run that may repeat one that is over. Where that one finished, and left its
   * status with its results, there is nothing to do; where its process was killed after it had
   * shown them, it goes on. Where it may still hold the folder from another machine, its claim is
   * waited for.
   *
   * @param request what the run is asked to do
   * @throws FinishedRunException if the folder holds the results of the same request, with the
   *     outcome
   */
  public static RunFolder claim(
      String out,
      boolean overwrite,
      Request request,
      InputPlaces inputs,
      Configuration configuration) {
    return claim(out, overwrite, request, inputs, RunClaim.Timing.DEFAULT, configuration);
  }

  static RunFolder claim(
      String out,
      boolean overwrite,
      Request request,
      InputPlaces inputs,
      RunClaim.Timing timing,
      Configuration configuration) {
    inputs.requireApart("--out", out);
    try {
      Path path = new Path(out);
      FileSystem files = PlainFiles.of(path, configuration);
      Path folder = files.makeQualified(path);
      requireFolder(files, folder, out);
      if (InterruptedPublication.find(files, folder).isEmpty()) {
        requireUsable(files, folder, out, overwrite, request, inputs);
      }
      RunClaim claim = RunClaim.take(files, folder, out, request, timing, configuration);
      try {
        for (InterruptedPublication left : InterruptedPublication.find(files, folder)) {
          left.settle(files, folder, out);
        }
        // Another run may have ended in the meantime.
        requireUsable(files, folder, out, overwrite, request, inputs);
        RunFolder claimed = new RunFolder(files, folder, out, claim);
        if (!ObjectStores.isOne(files)) {
          // There a folder is what its files are named after; an empty one is an object more.
          files.mkdirs(claimed.work.fresh());
        }
        return claimed;
      } catch (IOException | RuntimeException e) {
        claim.close();
        throw e;
      }
    } catch (IOException | IllegalArgumentException e) {
      throw PlaceFault.refused("--out %s cannot be written: %s", out, e);
    }
  }

  private static void requireFolder(FileSystem files, Path folder, String out) throws IOException {
    try {
      if (!files.getFileStatus(folder).isDirectory()) {
        throw new InvalidInputException(
            Text.format("--out %s is a file; name a folder for the results.", out));
      }
    } catch (FileNotFoundException e) {
      // It is made.
    }
  }

  private static void requireUsable(
      FileSystem files,
      Path folder,
      String out,
      boolean overwrite,
      Request request,
      InputPlaces inputs)
      throws IOException {
    if (!files.exists(folder)) {
      return;
    }
    FolderContents contents = FolderContents.read(files, folder);
    if (!contents.others().isEmpty()) {
      throw new InvalidInputException(
          Text.format(
              "--out %s holds files that no run of Nightjar has written (%s%s); name a new folder.",
              out,
              String.join(", ", contents.others().stream().limit(NAMED).toList()),
              contents.others().size() > NAMED ? ", ..." : ""));
    }
    if (!contents.results().isEmpty()) {
      if (!overwrite) {
        requireInterrupted(files, folder, out, request);
      }
      inputs.requireNoneFoundIn("--out", out);
    }
  }

  /** Only the results of this run may be replaced without being asked, and those with the same. */
  private static void requireInterrupted(FileSystem files, Path folder, String out, Request request)
      throws IOException {
    RunStatus earlier =
        EarlierProcess.find(files, folder, request)
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        Text.format(
                            "--out %s already holds the results of a run; name a new folder, or add"
                                + " --overwrite.",
                            out)));
    Optional<RunStatus.Ending> ending = earlier.ending().filter(RunStatus.Ending::isFinal);
    if (ending.isPresent()) {
      throw new FinishedRunException(out, earlier, ending.get());
    }
  }

  /**
   * Where the run writes its results: an empty folder; an object store has it with its first file.
   */
  public String location() {
    return work.fresh().toString();
  }

  /**
   * Shows the results, in place of those that the folder had. Call it once, when all are written.
   *
   * @throws IllegalStateException if another run has taken the folder over, or a file cannot be
   *     moved; the message says where the results are
   */
  public void publish() {
    claim.requireHeld();
    try {
      FolderContents before = FolderContents.read(files, folder);
      new Publication(files, folder, work).run(before);
      removeLeftovers(before);
    } catch (IOException | RuntimeException e) {
      // What could not be moved back must not be deleted with the rest.
      keepsWork = ObjectStores.isOne(files) || e.getSuppressed().length > 0;
      throw new IllegalStateException(
          Text.format(
              "The results could not be moved to %s: %s. %s", out, e.getMessage(), whereabouts()),
          e);
    }
  }

  private String whereabouts() {
    if (!keepsWork) {
      return "It has those that it had before.";
    }
    return ObjectStores.isOne(files)
        ? Text.format("They are complete in %s.", work.fresh())
        : Text.format("Those from before are in %s.", work.replaced());
  }

  /** What runs left that died before they ended. */
  private void removeLeftovers(FolderContents before) throws IOException {
    for (String entry : before.entries()) {
      if (FolderContents.isOwn(entry)
          && !FolderContents.isStore(entry)
          && !entry.equals(RunMark.NAME)
          && !entry.equals(work.path().getName())) {
        files.delete(HadoopPaths.child(folder, entry), true);
      }
    }
  }

  @Override
  public void close() {
    try {
      if (!keepsWork) {
        files.delete(work.path(), true);
      }
    } catch (IOException e) {
      LOG.warn("What the run wrote aside in {} cannot be removed", work.path(), e);
    } finally {
      claim.close();
    }
  }
}
