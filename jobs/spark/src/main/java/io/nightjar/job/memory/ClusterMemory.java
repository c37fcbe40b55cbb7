package io.nightjar.job.memory;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;

/**
 * What the memory of driver and executors leaves for memory banks.
 *
 * <p>Of a process's heap a tenth is left to the collector, which needs room to move objects. {@link
 * #HEAP_OF_PROCESS} is for the program and the network's weights, and every task that runs at the
 * same time takes two matrices of the channels' covariances in float64 (measured: 290 MB with two
 * tasks and 1792 channels). Native memory holds the network and what tasks compute in.
 *
 * @param driver the driver's process
 * @param executors the others; empty where tasks run in the driver's
 * @param slots tasks that a process runs at the same time, at least 1
 * @param channels of a patch before PCA
 * @param maxResultBytes most bytes of a job's results, {@code spark.driver.maxResultSize}; 0 for
 *     any number
 * @param overheadBytes native memory of an executor's container, where the cluster's manager limits
 *     it by a setting
 */
public record ClusterMemory(
    ProcessMemory driver,
    List<ProcessMemory> executors,
    int slots,
    int channels,
    long maxResultBytes,
    OptionalLong overheadBytes) {
  private static final long MIB = 1L << 20;
  private static final long HEAP_OF_PROCESS = 160 * MIB;
  private static final long NATIVE_OF_PROCESS = 512 * MIB;
  private static final long NATIVE_OF_TASK = 128 * MIB;

  /** As Spark has it for YARN and Kubernetes. */
  private static final double OVERHEAD_FACTOR = 0.1;

  private static final long LEAST_OVERHEAD = 384 * MIB;

  /** Checks nothing; processes that reported twice count once. */
  public ClusterMemory {
    Map<String, ProcessMemory> distinct = new LinkedHashMap<>();
    executors.forEach(executor -> distinct.put(executor.id(), executor));
    executors = List.copyOf(distinct.values());
  }

  /**
   * Of a run.
   *
   * @param reported by the executors, each as often as it likes
   */
  public static ClusterMemory of(
      SparkConf conf,
      ProcessMemory driver,
      Collection<ProcessMemory> reported,
      int slots,
      int channels) {
    return new ClusterMemory(
        driver,
        reported.stream().filter(process -> !process.id().equals(driver.id())).toList(),
        slots,
        channels,
        conf.getSizeAsBytes("spark.driver.maxResultSize", "1g"),
        overhead(conf));
  }

  private static OptionalLong overhead(SparkConf conf) {
    String master = conf.get("spark.master", "local");
    if (!master.startsWith("yarn") && !master.startsWith("k8s")) {
      return OptionalLong.empty();
    }
    long heap = conf.getSizeAsMb("spark.executor.memory", "1g") * MIB;
    double factor = conf.getDouble("spark.executor.memoryOverheadFactor", OVERHEAD_FACTOR);
    long overhead =
        conf.contains("spark.executor.memoryOverhead")
            ? conf.getSizeAsMb("spark.executor.memoryOverhead", "0") * MIB
            : Math.max(LEAST_OVERHEAD, (long) (factor * heap));
    return OptionalLong.of(overhead);
  }

  /** Whether tasks run in the driver's process. */
  boolean isLocal() {
    return executors.isEmpty();
  }

  /** The driver's heap that banks may take, in bytes; 0 if there is none. */
  long driverHeap() {
    return heap(driver, isLocal() ? slots : 0);
  }

  /** The same of the executor that has the least. */
  long executorHeap() {
    return isLocal()
        ? driverHeap()
        : executors.stream().mapToLong(executor -> heap(executor, slots)).min().orElse(0);
  }

  /** The smallest heap of a process that runs tasks. */
  ProcessMemory smallest() {
    return executors.stream()
        .reduce((a, b) -> a.heapBytes() <= b.heapBytes() ? a : b)
        .orElse(driver);
  }

  /** The native memory that banks may take in the process that has the least, in bytes. */
  long executorNative() {
    List<ProcessMemory> working = isLocal() ? List.of(driver) : executors;
    Map<String, List<ProcessMemory>> byHost =
        working.stream().collect(Collectors.groupingBy(ProcessMemory::host));
    long least =
        working.stream().mapToLong(p -> beyondHeap(p, byHost.get(p.host()))).min().orElse(0);
    long room = Math.min(least, overheadBytes.orElse(Long.MAX_VALUE));
    return Math.max(0, room - NATIVE_OF_PROCESS - slots * NATIVE_OF_TASK);
  }

  /** A process's part of what its machine has beyond the heaps of all of them. */
  private static long beyondHeap(ProcessMemory process, List<ProcessMemory> ofHost) {
    if (process.physicalBytes() == 0) {
      return Long.MAX_VALUE;
    }
    // In containers each process sees its own limit, on a shared machine all see the same.
    long heaps = ofHost.stream().mapToLong(ProcessMemory::heapBytes).sum();
    return Math.max(0, process.physicalBytes() - heaps) / ofHost.size();
  }

  private long heap(ProcessMemory process, int tasks) {
    long usable = process.heapBytes() / 10 * 9;
    return Math.max(0, usable - HEAP_OF_PROCESS - tasks * heapOfTask());
  }

  /** The heap of a driver that would have so much for banks. */
  long heapFor(long room, int tasks) {
    return (room + HEAP_OF_PROCESS + tasks * heapOfTask()) / 9 * 10;
  }

  private long heapOfTask() {
    return 2L * Double.BYTES * channels * channels;
  }

  /** For the run's manifest. */
  Map<String, Object> describe() {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("driver_heap_bytes", driver.heapBytes());
    described.put("driver_heap_for_banks_bytes", driverHeap());
    described.put("executor_heap_bytes", smallest().heapBytes());
    described.put("executor_heap_for_banks_bytes", executorHeap());
    described.put("executor_native_for_banks_bytes", bounded(executorNative()));
    described.put("max_result_bytes", maxResultBytes);
    return described;
  }

  /** Null where there is no known bound. */
  private static Object bounded(long bytes) {
    return bytes >= Long.MAX_VALUE / 2 ? null : bytes;
  }
}
