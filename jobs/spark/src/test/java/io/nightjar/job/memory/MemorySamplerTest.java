package io.nightjar.job.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MemorySamplerTest {
  private static final int BYTES = 64 << 20;

  @Test
  void thePeakIsThatOfTheTimeBetweenBeginningAndEnd() throws InterruptedException {
    MemorySampler.Sampling whole = MemorySampler.begin();
    long before = MemoryUse.now().heapBytes();
    byte[] held = new byte[BYTES];
    held[BYTES - 1] = 1;
    Thread.sleep(500);

    MemoryUse peak = whole.end();

    assertThat(held[BYTES - 1]).isEqualTo((byte) 1);
    // A collection in between may free what was garbage before.
    assertThat(peak.heapBytes()).isGreaterThanOrEqualTo(BYTES);
    assertThat(peak.heapBytes()).isGreaterThanOrEqualTo(before);
    assertThat(peak.heapBytes()).isLessThanOrEqualTo(Runtime.getRuntime().maxMemory());
  }

  @Test
  void theResidentSizeIsThatOfTheWholeProcess() {
    assumeTrue(Files.exists(Path.of("/proc/self/status")), "Only Linux has it");

    MemoryUse use = MemoryUse.now();

    // More than the code of a JVM, and in bytes, not in KiB.
    assertThat(use.residentBytes()).isBetween(32L << 20, 1L << 42);
  }

  @Test
  void thePeaksOfTasksAreMergedEachFigureOnItsOwn() {
    PeakAccumulator first = new PeakAccumulator();
    PeakAccumulator second = first.copy();
    assertThat(first.isZero()).isTrue();
    first.add(new MemoryUse(5, 7));
    second.add(new MemoryUse(3, 9));

    first.merge(second);

    assertThat(first.value()).isEqualTo(new MemoryUse(5, 9));
    assertThat(first.copy().value()).isEqualTo(new MemoryUse(5, 9));
    first.reset();
    assertThat(first.isZero()).isTrue();
  }
}
