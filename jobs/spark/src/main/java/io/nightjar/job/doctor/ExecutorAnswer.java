package io.nightjar.job.doctor;

import io.nightjar.backbone.Embedders;
import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.doctor.machine.Natives;
import io.nightjar.doctor.storage.StorageProbe;
import io.nightjar.job.memory.ProcessMemory;
import io.nightjar.job.run.BuildInfo;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;

/**
 * What one executor process has, by its own account.
 *
 * @param address host and port of its store of blocks, by which the driver knows it
 * @param memory of the process, with its host and name
 * @param java the version of its Java
 * @param nightjar the version of Nightjar whose classes it loaded
 * @param device that would compute the network there, and with what; why none can, where {@code
 *     hasDevice} is false
 * @param hasDevice whether there is one
 * @param natives the libraries, each loaded if it can be
 * @param processors that the process may use
 * @param freeBytes free space of its local folders, by folder; -1 for one that cannot be written
 * @param unreadable why places cannot be listed and read there, by their address
 */
record ExecutorAnswer(
    String address,
    ProcessMemory memory,
    String java,
    String nightjar,
    String device,
    boolean hasDevice,
    ArrayList<Natives.Library> natives,
    int processors,
    TreeMap<String, Long> freeBytes,
    TreeMap<String, String> unreadable)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * Of the process that runs the calling task.
   *
   * @param places to list and read
   * @param limit of each step of that
   */
  static ExecutorAnswer here(
      EmbeddingSpec spec, List<String> places, Configuration configuration, Duration limit) {
    SparkEnv environment = SparkEnv.get();
    String device;
    boolean hasDevice = true;
    try {
      device =
          Embedders.device(DeviceRequest.AUTO)
              + " by "
              + Embedders.engine(spec, DeviceRequest.AUTO);
    } catch (RuntimeException | LinkageError e) { // a GPU that Spark assigned, or no library
      device = String.valueOf(e.getMessage());
      hasDevice = false;
    }
    TreeMap<String, String> unreadable = new TreeMap<>();
    for (String place : places) {
      String problem = StorageProbe.unreadable(place, configuration, limit);
      if (!problem.isEmpty()) {
        unreadable.put(place, problem);
      }
    }
    return new ExecutorAnswer(
        address(environment),
        ProcessMemory.here(
            environment.blockManager().blockManagerId().host(), environment.executorId()),
        Runtime.version().toString(),
        BuildInfo.creator(),
        device,
        hasDevice,
        new ArrayList<>(Natives.load()),
        Runtime.getRuntime().availableProcessors(),
        new TreeMap<>(freeBytes(environment)),
        unreadable);
  }

  /** The driver's own name for a process. */
  static String address(SparkEnv environment) {
    return environment.blockManager().blockManagerId().hostPort();
  }

  private static Map<String, Long> freeBytes(SparkEnv environment) {
    Map<String, Long> free = new TreeMap<>();
    for (File folder : environment.blockManager().diskBlockManager().localDirs()) {
      try {
        free.put(
            folder.getPath(),
            Files.isWritable(folder.toPath())
                ? Files.getFileStore(folder.toPath()).getUsableSpace()
                : -1L);
      } catch (IOException e) {
        free.put(folder.getPath(), -1L);
      }
    }
    return free;
  }
}
