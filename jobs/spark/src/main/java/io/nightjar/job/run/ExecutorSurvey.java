package io.nightjar.job.run;

import io.nightjar.backbone.Embedders;
import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.memory.ProcessMemory;
import io.nightjar.linalg.LinearAlgebra;
import io.nightjar.text.Text;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the executors have and compute with, by their own account, since the driver may run on
 * another kind of machine. One that joins later is not asked.
 *
 * @param devices what computes on each machine, such as {@code node-3 gpu 0}
 * @param networks what computes the network on the devices
 * @param processors the kinds of processor, on which the last bits of figures can depend
 * @param linearAlgebra what driver and executors multiply matrices with: one name where they agree
 * @param freeBytes free space of their local disks; executors of one machine share theirs
 */
public record ExecutorSurvey(
    SortedSet<String> devices,
    SortedSet<String> networks,
    SortedSet<String> processors,
    String linearAlgebra,
    long freeBytes) {
  private static final Logger LOG = LoggerFactory.getLogger(ExecutorSurvey.class);

  /**
   * One short task a core: an executor that gets none is not counted, which errs on the safe side.
   *
   * @throws InvalidInputException if an executor lacks the device that was asked for, or cannot
   *     compute with what a system property asks for
   */
  public static ExecutorSurvey take(RunContext run, EmbeddingSpec spec) {
    JavaSparkContext spark = run.spark();
    DeviceRequest device = run.embed().device();
    String driver = LinearAlgebra.inUse();
    int tasks = Math.max(1, spark.defaultParallelism());
    spark.sc().setJobDescription("ask the executors what they compute with");
    List<Answer> answers =
        spark
            .parallelize(IntStream.range(0, tasks).boxed().toList(), tasks)
            .map(task -> answer(device, spec))
            .collect();
    ExecutorSurvey survey = of(driver, answers);
    run.plan(answers.stream().flatMap(answer -> answer.memory().stream()).toList());
    if (!survey.linearAlgebra().equals(driver)) {
      LOG.warn(
          "The machines of this run compute with different linear algebra ({}); the last bits of its"
              + " figures can depend on which of them did what.",
          survey.linearAlgebra());
    }
    if (survey.networks().size() > 1) {
      LOG.warn(
          "The machines of this run compute the network with {}; the last bits of its figures can"
              + " depend on which of them did what.",
          String.join(" and ", survey.networks()));
    }
    return survey;
  }

  /**
   * What one task found.
   *
   * @param refusal why its executor cannot be used, in a sentence; empty where it can
   * @param freeByDisk the free bytes of each disk, by its name on its machine
   * @param memory of the executor's process; none where it cannot be used
   */
  record Answer(
      String refusal,
      String device,
      String network,
      String processor,
      String linearAlgebra,
      HashMap<String, Long> freeByDisk,
      ArrayList<ProcessMemory> memory)
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * @param driver the driver's linear algebra
   */
  static ExecutorSurvey of(String driver, List<Answer> answers) {
    answers.stream()
        .map(Answer::refusal)
        .filter(refusal -> !refusal.isEmpty())
        .findFirst()
        .ifPresent(
            refusal -> {
              throw new InvalidInputException(refusal);
            });
    Map<String, Long> disks = new HashMap<>();
    answers.forEach(
        answer -> answer.freeByDisk().forEach((disk, free) -> disks.merge(disk, free, Math::min)));
    String executors = String.join("; ", distinct(answers, Answer::linearAlgebra));
    return new ExecutorSurvey(
        distinct(answers, Answer::device),
        distinct(answers, Answer::network),
        distinct(answers, Answer::processor),
        executors.equals(driver)
            ? driver
            : Text.format("driver: %s; executors: %s", driver, executors),
        disks.values().stream().mapToLong(Long::longValue).sum());
  }

  /** Adds how a run's figures were computed, by the names of its manifest. */
  public void describe(Map<String, Object> subject) {
    subject.put("devices", devices);
    subject.put("network_computed_by", networks);
    subject.put("linear_algebra", linearAlgebra);
  }

  private static SortedSet<String> distinct(
      List<Answer> answers, Function<Answer, String> property) {
    return answers.stream().map(property).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Answer answer(DeviceRequest device, EmbeddingSpec spec) throws IOException {
    try {
      SparkEnv environment = SparkEnv.get();
      String host = environment.blockManager().blockManagerId().host();
      return new Answer(
          "",
          host + " " + Embedders.device(device),
          Embedders.engine(spec, device),
          ProcessorKind.ofThisMachine(),
          LinearAlgebra.inUse(),
          new HashMap<>(freeByDisk(environment, host)),
          new ArrayList<>(List.of(ProcessMemory.here(host, environment.executorId()))));
    } catch (InvalidInputException e) {
      return new Answer(e.getMessage(), "", "", "", "", new HashMap<>(), new ArrayList<>());
    }
  }

  private static Map<String, Long> freeByDisk(SparkEnv environment, String host)
      throws IOException {
    Map<String, Long> free = new HashMap<>();
    for (File folder : environment.blockManager().diskBlockManager().localDirs()) {
      FileStore disk = Files.getFileStore(folder.toPath());
      free.put(host + " " + disk, disk.getUsableSpace());
    }
    return free;
  }
}
