package io.nightjar.job;

import io.nightjar.backbone.DeviceRequest;
import io.nightjar.backbone.Embedders;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What the executors have, by their own account, since the driver may stand on another kind of
 * machine.
 *
 * @param devices what computes on each machine, such as {@code node-3 gpu 0}
 * @param freeBytes free space of their local disks; executors of one machine share theirs
 */
record ExecutorSurvey(SortedSet<String> devices, long freeBytes) {

  /**
   * One short task a core: an executor that gets none is not counted, which errs on the safe side.
   */
  static ExecutorSurvey take(JavaSparkContext spark, DeviceRequest device) {
    int tasks = Math.max(1, spark.defaultParallelism());
    spark.setJobGroup("nightjar", "ask the executors for their devices and disks", false);
    return of(
        spark
            .parallelize(IntStream.range(0, tasks).boxed().toList(), tasks)
            .map(task -> answer(device))
            .collect());
  }

  /**
   * What one task found: its device, and the free bytes of each disk, by its name on its machine.
   */
  record Answer(String device, HashMap<String, Long> freeByDisk) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  static ExecutorSurvey of(List<Answer> answers) {
    Map<String, Long> disks = new HashMap<>();
    answers.forEach(
        answer -> answer.freeByDisk().forEach((disk, free) -> disks.merge(disk, free, Math::min)));
    return new ExecutorSurvey(
        answers.stream().map(Answer::device).collect(Collectors.toCollection(TreeSet::new)),
        disks.values().stream().mapToLong(Long::longValue).sum());
  }

  private static Answer answer(DeviceRequest device) throws IOException {
    SparkEnv environment = SparkEnv.get();
    String host = environment.blockManager().blockManagerId().host();
    HashMap<String, Long> free = new HashMap<>();
    for (File folder : environment.blockManager().diskBlockManager().localDirs()) {
      FileStore disk = Files.getFileStore(folder.toPath());
      free.put(host + " " + disk, disk.getUsableSpace());
    }
    return new Answer(host + " " + Embedders.device(device), free);
  }
}
