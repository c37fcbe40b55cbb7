package io.nightjar.doctor.machine;

import com.sun.management.UnixOperatingSystemMXBean;
import io.nightjar.doctor.Check;
import io.nightjar.doctor.Finding;
import io.nightjar.text.Text;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** The processor, the processors that this process may use, and its open files. */
public final class MachineCheck implements Check {
  /** Spark keeps a file or socket for each block and connection; images come on top. */
  private static final long FEW_FILES = 4096;

  private static final long TOO_FEW_FILES = 256;

  private final Processor processor;
  private final ControlGroup group;
  private final int usable;
  private final long openFiles;

  /**
   * Of any machine.
   *
   * @param usable processors by the JVM's account
   * @param openFiles that the process may have; 0 where that is not known
   */
  MachineCheck(Processor processor, ControlGroup group, int usable, long openFiles) {
    this.processor = processor;
    this.group = group;
    this.usable = usable;
    this.openFiles = openFiles;
  }

  /** Of this process. */
  public static Check here() {
    return new MachineCheck(
        Processor.ofThisMachine(),
        ControlGroup.ofThisProcess(),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            ? unix.getMaxFileDescriptorCount()
            : 0);
  }

  @Override
  public void run(Consumer<Finding> findings) {
    findings.accept(processor());
    findings.accept(cores());
    if (openFiles > 0) {
      findings.accept(files());
    }
  }

  private Finding processor() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("model", processor.model());
    figures.put("vector_instructions", processor.vectors());
    Map<String, String> limits = Processor.limits(System.getenv());
    figures.put("limited_by", limits);
    String sentence =
        Text.format(
            "%s; instructions for vectors: %s.",
            processor.model(),
            processor.vectors().isEmpty() ? "unknown" : String.join(", ", processor.vectors()));
    return limits.isEmpty()
        ? new Finding.Ok("processor", sentence, figures)
        : new Finding.Note(
            "processor",
            Text.format("%s The environment limits what libraries use: %s.", sentence, limits),
            "Unset these variables, unless that is what you want: results and speed depend on them.",
            figures);
  }

  private Finding cores() {
    OptionalDouble quota = group.processors();
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("usable_processors", usable);
    figures.put("machine_processors", processor.count() == 0 ? null : processor.count());
    figures.put("quota_processors", quota.isPresent() ? quota.getAsDouble() : null);
    String sentence =
        Text.format(
            "This process uses %d%s; %s.",
            usable,
            processor.count() == 0 ? "" : " of the machine's " + processor.count(),
            quota.isPresent()
                ? Text.format("its control group has a quota of %.2f", quota.getAsDouble())
                : "there is no quota");
    return quota.isPresent() && quota.getAsDouble() < usable - 0.01
        ? new Finding.Note(
            "processors",
            sentence,
            Text.format(
                "Run as many tasks as the quota pays for (--master local[%d]), or raise the quota:"
                    + " threads beyond it are stopped in the middle of their work.",
                Math.max(1, (int) quota.getAsDouble())),
            figures)
        : new Finding.Ok("processors", sentence, figures);
  }

  private Finding files() {
    Map<String, Object> figures = Map.of("limit", openFiles);
    String sentence = Text.format("This process may have %d files open at once.", openFiles);
    String remedy = "Raise the limit (ulimit -n 65536, LimitNOFILE= in systemd).";
    if (openFiles < TOO_FEW_FILES) {
      return new Finding.Problem("open files", sentence, remedy, figures);
    }
    return openFiles < FEW_FILES
        ? new Finding.Note("open files", sentence, remedy, figures)
        : new Finding.Ok("open files", sentence, figures);
  }
}
