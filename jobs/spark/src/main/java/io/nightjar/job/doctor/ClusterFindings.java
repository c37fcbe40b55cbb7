package io.nightjar.job.doctor;

import io.nightjar.doctor.ClockSkew;
import io.nightjar.doctor.Finding;
import io.nightjar.doctor.machine.DiskCheck;
import io.nightjar.doctor.machine.Natives;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the answers of executors mean for a run. */
final class ClusterFindings {
  private static final String EXECUTORS = "executors";

  private ClusterFindings() {}

  /**
   * What the executors have: one finding for all that are alike.
   *
   * @param driver the driver's version of Nightjar
   * @param driverJava the driver's version of Java
   */
  static List<Finding> executors(
      String driver, String driverJava, Collection<ExecutorAnswer> answers) {
    Map<String, List<ExecutorAnswer>> alike =
        answers.stream()
            .collect(
                Collectors.groupingBy(
                    ClusterFindings::kind, LinkedHashMap::new, Collectors.toList()));
    List<Finding> findings = new ArrayList<>();
    alike.values().forEach(group -> findings.add(finding(driver, driverJava, group)));
    return findings;
  }

  /** All that a finding says of an executor but its name and its machine. */
  private static String kind(ExecutorAnswer answer) {
    return Text.format(
        "%s|%s|%s|%s|%s|%d|%d|%d",
        answer.java(),
        answer.nightjar(),
        answer.device(),
        answer.hasDevice(),
        missing(answer),
        answer.processors(),
        answer.memory().heapBytes(),
        answer.memory().physicalBytes());
  }

  private static List<String> missing(ExecutorAnswer answer) {
    return answer.natives().stream()
        .filter(library -> !library.isUsed())
        .map(library -> library.name() + ": " + library.problem())
        .toList();
  }

  private static Finding finding(String driver, String driverJava, List<ExecutorAnswer> group) {
    ExecutorAnswer one = group.get(0);
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("executors", group.stream().map(each -> each.memory().id()).toList());
    figures.put("hosts", hosts(group));
    figures.put("java", one.java());
    figures.put("nightjar", one.nightjar());
    figures.put("device", one.device());
    figures.put("natives", names(one.natives(), true));
    figures.put("natives_not_used", missing(one));
    figures.put("processors", one.processors());
    figures.put("heap_bytes", one.memory().heapBytes());
    figures.put("physical_bytes", one.memory().physicalBytes());
    String sentence =
        Text.format(
            "%s on %s: Java %s, %s, the network on %s, %s, heap %.1f GiB of %.1f GiB; natives: %s.",
            Text.counted(group.size(), "process", "processes"),
            String.join(", ", hosts(group)),
            one.java(),
            one.nightjar(),
            one.hasDevice() ? one.device() : "no device",
            Text.counted(one.processors(), "processor", "processors"),
            gibibytes(one.memory().heapBytes()),
            gibibytes(one.memory().physicalBytes()),
            names(one.natives(), true).isEmpty()
                ? "none"
                : String.join(", ", names(one.natives(), true)));
    return verdict(driver, driverJava, one, sentence, figures);
  }

  private static Finding verdict(
      String driver,
      String driverJava,
      ExecutorAnswer one,
      String sentence,
      Map<String, Object> figures) {
    if (!one.nightjar().equals(driver)) {
      return new Finding.Problem(
          EXECUTORS,
          Text.format("%s The driver is %s.", sentence, driver),
          "Remove the other jar of Nightjar from the executors' class path: driver and executors must"
              + " have the same.",
          figures);
    }
    List<Natives.Library> needed =
        one.natives().stream().filter(library -> !library.isUsed() && library.isNeeded()).toList();
    if (!needed.isEmpty()) {
      return new Finding.Problem(
          EXECUTORS,
          Text.format(
              "%s %s: %s.",
              sentence, needed.get(0).name(), needed.get(0).problem().replaceFirst("[. ]+$", "")),
          "The jar must have the library for the executors' platform, and their folder for temporary"
              + " files must allow execution.",
          figures);
    }
    if (!one.hasDevice()) {
      return new Finding.Problem(
          EXECUTORS,
          Text.format("%s No device: %s", sentence, one.device()),
          "Mend the device, or run with --device cpu (docs/cluster.md, GPUs).",
          figures);
    }
    if (!feature(one.java()).equals(feature(driverJava))) {
      return new Finding.Note(
          EXECUTORS,
          Text.format("%s The driver has Java %s.", sentence, driverJava),
          "Use one version of Java, 17, on all machines (spark.executorEnv.JAVA_HOME).",
          figures);
    }
    List<String> missing = missing(one);
    return missing.isEmpty()
        ? new Finding.Ok(EXECUTORS, sentence, figures)
        : new Finding.Note(
            EXECUTORS,
            Text.format("%s Not used: %s.", sentence, String.join("; ", missing)),
            "What this machine says of its natives above holds there, too.",
            figures);
  }

  private static String feature(String version) {
    return Integer.toString(Runtime.Version.parse(version).feature());
  }

  private static double gibibytes(long bytes) {
    return bytes / (double) (1L << 30);
  }

  private static List<String> names(List<Natives.Library> libraries, boolean used) {
    return libraries.stream()
        .filter(library -> library.isUsed() == used)
        .map(Natives.Library::name)
        .toList();
  }

  private static Set<String> hosts(Collection<ExecutorAnswer> group) {
    return group.stream()
        .map(each -> each.memory().host())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The local disk that has the least free space. */
  static Finding disk(Collection<ExecutorAnswer> answers) {
    record Disk(String host, String folder, long free) {}
    Disk least =
        answers.stream()
            .flatMap(
                answer ->
                    answer.freeBytes().entrySet().stream()
                        .map(
                            disk ->
                                new Disk(answer.memory().host(), disk.getKey(), disk.getValue())))
            .min(Comparator.comparingLong(Disk::free))
            .orElse(new Disk("", "", -1));
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("host", least.host());
    figures.put("folder", least.folder());
    figures.put("free_bytes", least.free() < 0 ? null : least.free());
    String remedy =
        "Free space there, or name another disk (spark.local.dir, SPARK_LOCAL_DIRS of the workers).";
    if (least.free() < 0) {
      return new Finding.Problem(
          "executors' disks",
          Text.format("The folder %s on %s cannot be written.", least.folder(), least.host()),
          remedy,
          figures);
    }
    String sentence =
        Text.format(
            "The least free space is %.1f GiB, in %s on %s.",
            gibibytes(least.free()), least.folder(), least.host());
    if (least.free() < DiskCheck.TOO_LITTLE) {
      return new Finding.Problem("executors' disks", sentence, remedy, figures);
    }
    return least.free() < DiskCheck.LITTLE
        ? new Finding.Note("executors' disks", sentence, remedy, figures)
        : new Finding.Ok("executors' disks", sentence, figures);
  }

  /** The clock that differs most. */
  static Finding clock(Map<String, Double> skews) {
    Map.Entry<String, Double> worst =
        skews.entrySet().stream()
            .max(Comparator.comparingDouble(skew -> Math.abs(skew.getValue())))
            .orElseThrow();
    return ClockSkew.finding(
        "executors' clocks",
        worst.getValue() == 0 ? "every executor" : worst.getKey(),
        worst.getValue(),
        Map.of("compared", skews.size()));
  }

  /**
   * Whether the executors can read what the driver can.
   *
   * @param place its address
   * @param ofDriver why the driver cannot, in a sentence; empty where it can
   */
  static Finding place(String place, String ofDriver, Collection<ExecutorAnswer> answers) {
    List<ExecutorAnswer> without =
        answers.stream().filter(answer -> answer.unreadable().containsKey(place)).toList();
    String subject = "executors' view";
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("uri", place);
    figures.put("executors_that_cannot_read_it", without.size());
    if (without.isEmpty()) {
      return new Finding.Ok(
          subject, Text.format("Every executor can list and read %s.", place), figures);
    }
    String reason = without.get(0).unreadable().get(place);
    if (!ofDriver.isEmpty()) {
      return new Finding.Note(
          subject,
          Text.format(
              "Neither the driver nor %d executors can read %s: %s", without.size(), place, reason),
          "See what the probe of the place says below.",
          figures);
    }
    return new Finding.Problem(
        subject,
        Text.format(
            "The driver can read %s, but not the executors on %s: %s",
            place, String.join(", ", hosts(without)), reason),
        "Use a storage that all machines see: a local path (file:) must be mounted on each of them,"
            + " and keys must reach the executors (spark.hadoop.* properties, instance profiles).",
        figures);
  }
}
