package io.nightjar.job.run;

import io.nightjar.io.StorageFailure;
import io.nightjar.report.FailedCategory;
import io.nightjar.text.Sentences;
import io.nightjar.text.Text;
import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.SparkEnv;

/** Puts the failure of a category into a sentence. */
final class FailureReasons {
  /** Where the executors run, Spark reports an error by its text alone. */
  private static final Pattern LOST_TASK =
      Pattern.compile(
          "failed (\\p{Nd}+) times?, most recent failure: Lost task \\S+ in stage \\S+ \\(TID \\p{Nd}+\\)"
              + " \\((\\S+) executor \\S+\\): ");

  private static final Pattern LOST_EXECUTOR =
      Pattern.compile("ExecutorLostFailure \\(.*?\\)(?: Reason: (.*))?");

  private static final Pattern EXCEPTION = Pattern.compile("^(?:\\w+\\.)+[\\w$]+: ");

  private static final String OUT_OF_MEMORY = OutOfMemoryError.class.getName();

  private FailureReasons() {}

  /**
   * The failure of a category.
   *
   * @param bank its memory bank and the bank's size, as a sentence without its first word; empty
   *     where it had none yet
   */
  static FailedCategory describe(String category, Optional<String> bank, Throwable failure) {
    if (failure instanceof CategoryFailedException refused) {
      return new FailedCategory(category, refused.getMessage(), refused.quarantined());
    }
    Optional<StorageFailure> storage = StorageFailure.of("", failure);
    return new FailedCategory(
        category,
        storage.filter(FailureReasons::isFullDisk).isPresent()
            ? fullDisk(hostOf(failure), storage.get().reason())
            : sentence(root(failure), bank),
        List.of());
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root;
  }

  private static String sentence(Throwable root, Optional<String> bank) {
    // The message of an error is often a name without a verb.
    String message =
        root.getMessage() == null || root instanceof Error ? root.toString() : root.getMessage();
    // Spark repeats an executor's stack trace in its message; the log has it.
    String line = message.lines().findFirst().orElse(message);
    Matcher lost = LOST_TASK.matcher(line);
    boolean isTask = lost.find();
    String reason = Sentences.shown(isTask ? line.substring(lost.end()) : line);
    Matcher executor = LOST_EXECUTOR.matcher(reason);
    if (isTask && executor.matches()) {
      return lostExecutors(Integer.parseInt(lost.group(1)), lost.group(2), executor.group(1));
    }
    Optional<StorageFailure> storage = StorageFailure.of("", new IOException(reason));
    if (isTask && storage.filter(FailureReasons::isFullDisk).isPresent()) {
      return fullDisk(lost.group(2), storage.get().reason());
    }
    return reason.startsWith(OUT_OF_MEMORY + ": ")
        ? outOfMemory(reason.substring(OUT_OF_MEMORY.length() + 2), bank)
        : reason;
  }

  private static String outOfMemory(String what, Optional<String> bank) {
    return Text.format(
        "It ran out of memory (%s)%s.%s Give the run a larger heap (-Xmx in NIGHTJAR_JAVA_OPTS on one"
            + " machine; spark.driver.memory and spark.executor.memory on a cluster), or let fewer"
            + " categories run at once (--concurrent-categories); the log says where it ended.",
        what,
        tasksRunHere()
            ? Text.format(" with a heap of %s", Text.megabytes(Runtime.getRuntime().maxMemory()))
            : "",
        bank.map(size -> " Its " + size + ".").orElse(""));
  }

  /** Of images and results, the storage has said where; what is left are Spark's own blocks. */
  private static boolean isFullDisk(StorageFailure failure) {
    return failure.kind() == StorageFailure.Kind.SPACE;
  }

  /** Where the last task failed; empty where it is not known. */
  private static String hostOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Matcher lost = LOST_TASK.matcher(String.valueOf(cause.getMessage()));
      if (lost.find()) {
        return lost.group(2);
      }
    }
    return "";
  }

  private static String fullDisk(String host, String reason) {
    return Text.format(
        "A disk is full%s where Spark keeps blocks between tasks (%s): %s. Free space there, or name"
            + " another folder (--conf spark.local.dir=..., on a cluster's workers SPARK_LOCAL_DIRS),"
            + " and run it again.",
        host.isEmpty() ? "" : " on " + host,
        localFolders(),
        EXCEPTION.matcher(reason).replaceFirst(""));
  }

  /** Those of this process, where tasks run in it. */
  private static String localFolders() {
    if (!tasksRunHere()) {
      return "spark.local.dir";
    }
    return Arrays.stream(SparkEnv.get().blockManager().diskBlockManager().localDirs())
        .map(File::getParent)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static boolean tasksRunHere() {
    SparkEnv environment = SparkEnv.get();
    return environment != null && environment.conf().get("spark.master", "").startsWith("local");
  }

  private static String lostExecutors(int times, String host, String reason) {
    return Text.format(
        "%d executors were lost one after the other while they worked on the same images, the last"
            + " on %s (%s). An executor that is killed has mostly exceeded its memory: give the"
            + " executors more outside their heap (spark.executor.memoryOverhead), or run fewer tasks"
            + " at once (spark.executor.cores); their own logs say more.",
        times, host, reason == null ? "no reason was given" : Sentences.shown(reason));
  }
}
