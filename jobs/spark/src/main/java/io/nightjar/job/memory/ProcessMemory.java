package io.nightjar.job.memory;

import com.sun.management.OperatingSystemMXBean;
import java.io.Serializable;
import java.lang.management.ManagementFactory;

/**
 * The memory that a process of the run has.
 *
 * @param host its machine
 * @param id its name on the cluster
 * @param heapBytes the largest size of its Java heap
 * @param physicalBytes of the machine, or of the container where that has a limit; 0 if unknown
 */
public record ProcessMemory(String host, String id, long heapBytes, long physicalBytes)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Of this process. */
  public static ProcessMemory here(String host, String id) {
    // The JDK knows the limits of control groups, of both versions.
    long physical =
        ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
            ? system.getTotalMemorySize()
            : 0;
    return new ProcessMemory(host, id, Runtime.getRuntime().maxMemory(), Math.max(0, physical));
  }
}
