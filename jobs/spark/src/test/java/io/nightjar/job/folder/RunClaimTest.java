package io.nightjar.job.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.PlainFiles;
import io.nightjar.io.place.InputPlaces;
import io.nightjar.report.status.RunningProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunClaimTest {
  private static final Duration UNFINISHED = Duration.ofSeconds(1);

  private static final RunClaim.Timing QUICK =
      new RunClaim.Timing(
          Duration.ofMillis(50), Duration.ofMinutes(10), Duration.ofMillis(300), UNFINISHED);

  /** Of another machine, whose processes this one knows nothing of. */
  private static final RunningProcess ELSEWHERE =
      new RunningProcess("node-7", 4711, "12345", "another boot");

  /** For claims that end within seconds where they are not renewed. */
  private static final RunClaim.Timing EXPIRING =
      new RunClaim.Timing(
          Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofMillis(300), UNFINISHED);

  private final Configuration configuration = new Configuration();

  @TempDir private Path work;

  private Path mark() {
    return work.resolve(".nightjar-running");
  }

  @Test
  void theFolderIsMarkedForAsLongAsItIsHeld() throws IOException {
    try (RunClaim claim = take()) {
      assertThat(mark())
          .content()
          .contains(claim.run(), "\"process\" : " + ProcessHandle.current().pid());
      claim.requireHeld();
    }

    assertThat(work).isEmptyDirectory();
  }

  @Test
  void aSecondRunOfTheProcessIsRefusedInASentence() throws IOException {
    try (RunClaim first = take()) {
      assertThatThrownBy(this::take)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageMatching(
              "Another run writes to --out OUT since \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC \\(.+,"
                  + " process \\d+\\); wait until it has ended, or name another folder\\.");
      first.requireHeld();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void ofManyThatBeginTogetherOneHasTheFolder(boolean takeOver) throws Exception {
    if (takeOver) {
      RunningProcess here = RunningProcess.current();
      Files.write(mark(), mark(new RunningProcess(here.host(), here.pid(), "1", here.space())));
    }
    ExecutorService pool = Executors.newFixedThreadPool(8);
    CyclicBarrier together = new CyclicBarrier(8);
    Callable<Object> attempt =
        () -> {
          together.await();
          try {
            return take();
          } catch (InvalidInputException e) {
            return e.getMessage();
          }
        };
    try {
      List<Object> outcomes = new ArrayList<>();
      for (Future<Object> future : pool.invokeAll(java.util.Collections.nCopies(8, attempt))) {
        outcomes.add(future.get());
      }

      assertThat(outcomes).filteredOn(RunClaim.class::isInstance).hasSize(1);
      assertThat(outcomes)
          .filteredOn(String.class::isInstance)
          .hasSize(7)
          .allSatisfy(sentence -> assertThat((String) sentence).startsWith("Another run writes"));
      outcomes.stream()
          .filter(RunClaim.class::isInstance)
          .map(RunClaim.class::cast)
          .forEach(RunClaim::close);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void aLivingProcessKeepsItsFolderAndAKilledOneLosesIt() throws Exception {
    try (ClaimingProcess other = ClaimingProcess.start(work)) {
      assertThat(other.line()).startsWith("claimed ");
      String[] written = work.toFile().list((folder, name) -> name.matches("\\.nightjar-.{36}"));
      assertThat(written).hasSize(1);

      assertThatThrownBy(this::take)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("process " + other.pid());

      other.kill();
      assertThat(mark()).exists();
      InputPlaces none = new InputPlaces(configuration);
      try (RunFolder folder =
          RunFolder.claim(work.toString(), false, Request.NONE, none, QUICK, configuration)) {
        folder.publish();
      }
      assertThat(work).isEmptyDirectory();
    }
  }

  @Test
  void aProcessThatEndsByItselfLeavesNothing() throws Exception {
    try (ClaimingProcess other = ClaimingProcess.start(work)) {
      assertThat(other.line()).startsWith("claimed ");
    }

    assertThat(work).isEmptyDirectory();
  }

  @Test
  void aRunThatWasKilledWhileItTookTheFolderOverBlocksNothing() throws IOException {
    RunningProcess here = RunningProcess.current();
    byte[] dead = mark(new RunningProcess(here.host(), here.pid(), "1", here.space()));
    Files.write(mark(), dead);
    Files.write(work.resolve(".nightjar-running-taken-over"), dead);

    try (RunClaim claim = take()) {
      assertThat(mark()).content().contains(claim.run());
    }

    assertThat(work).isEmptyDirectory();
  }

  @Test
  void aRunOfAnotherMachineLivesWhileItRenewsItsClaim() throws IOException {
    Files.write(mark(), ofAnotherMachine());
    Files.setLastModifiedTime(mark(), FileTime.from(Instant.now().minus(Duration.ofMinutes(9))));

    assertThatThrownBy(this::take)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(
            "since 2026-01-02 03:52 UTC (node-7, process 4711)",
            "its claim ends in 1 minute: start again then, or remove file:" + mark() + " now.");

    Files.setLastModifiedTime(mark(), FileTime.from(Instant.now().minus(Duration.ofMinutes(11))));
    try (RunClaim claim = take()) {
      assertThat(mark()).content().contains(claim.run());
    }
  }

  /** As where a scheduler starts a run again on another machine, since it lost the first one. */
  @Test
  void theClaimOfAnEarlierProcessOfTheRunIsWaitedFor() throws IOException {
    Request request = Request.of(Map.of("data", "d"), List.of());
    Instant begun = Instant.now();
    Files.write(mark(), mark(ELSEWHERE, request.sha256()));

    try (RunClaim claim = take(request, EXPIRING)) {
      assertThat(mark()).content().contains(claim.run());
    }
    assertThat(Duration.between(begun, Instant.now())).isGreaterThan(Duration.ofMillis(1500));
  }

  @Test
  void anEarlierProcessThatTurnsOutToLiveKeepsTheFolder() throws Exception {
    Request request = Request.of(Map.of("data", "d"), List.of());
    byte[] mark = mark(ELSEWHERE, request.sha256());
    Files.write(mark(), mark);
    AtomicBoolean refused = new AtomicBoolean();
    Thread renewing =
        new Thread(
            () -> {
              try {
                // Again and again: what is renewed before it is first looked at shows nothing.
                while (!refused.get()) {
                  Thread.sleep(300);
                  Files.write(mark(), mark);
                }
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    renewing.start();

    try {
      assertThatThrownBy(() -> take(request, QUICK))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("Another run writes to --out OUT since");
    } finally {
      refused.set(true);
      renewing.join();
    }
    assertThat(mark()).hasBinaryContent(mark);
  }

  @Test
  void theClaimOfAnotherRunElsewhereIsNotWaitedFor() throws IOException {
    Files.write(mark(), mark(ELSEWHERE, Request.of(Map.of("data", "d"), List.of()).sha256()));

    assertThatThrownBy(() -> take(Request.of(Map.of("data", "e"), List.of()), QUICK))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Another run writes to --out OUT since");
  }

  @Test
  void anotherProcessOfTheSameNumberIsNotTheRun() throws IOException {
    RunningProcess here = RunningProcess.current();
    RunningProcess before = new RunningProcess(here.host(), here.pid(), "1", here.space());
    Files.write(mark(), mark(before));

    try (RunClaim claim = take()) {
      claim.requireHeld();
    }
    assertThat(new RunningProcess(here.host(), here.pid(), "1", here.space()).isAlive()).isFalse();
    assertThat(here.isAlive()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"run\": "})
  void aMarkThatNoOneFinishesIsTakenOverWithinSeconds(String content) throws IOException {
    Files.writeString(mark(), content);
    Files.writeString(work.resolve(".nightjar-running-taken-over"), content);
    Instant begun = Instant.now();

    try (RunClaim claim = take()) {
      assertThat(mark()).content().contains(claim.run());
    }

    assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofMinutes(5));
    assertThat(work).isEmptyDirectory();
  }

  @Test
  void aMarkThatIsBeingWrittenIsWaitedFor() throws Exception {
    Files.writeString(mark(), "{\"run\": ");
    Files.setLastModifiedTime(mark(), FileTime.from(Instant.now().plus(Duration.ofSeconds(2))));
    Thread writer =
        new Thread(
            () -> {
              try {
                Thread.sleep(200);
                Files.write(mark(), ofAnotherMachine());
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    writer.start();

    assertThatThrownBy(this::take)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("(node-7, process 4711)");
    writer.join();
  }

  @Test
  void aMarkOfALaterVersionIsNoUnfinishedOne() throws IOException {
    Files.writeString(mark(), "{\"format_version\": 2, \"runs\": []}");
    Files.setLastModifiedTime(mark(), FileTime.from(Instant.now().minus(Duration.ofMinutes(5))));

    assertThatThrownBy(this::take)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Another run writes to --out OUT (an unknown process)");
  }

  @Test
  void whatARunLeavesThatWasKilledBeforeItHadTheFolderIsRemoved() throws IOException {
    Files.writeString(
        work.resolve("..nightjar-running.0b3a52f1-6d0a-4a7e-9f53-0d6c1f2b7a11"), "{\"run\": ");

    InputPlaces none = new InputPlaces(configuration);
    try (RunFolder folder =
        RunFolder.claim(work.toString(), false, Request.NONE, none, QUICK, configuration)) {
      folder.publish();
    }
    assertThat(work).isEmptyDirectory();
  }

  @Test
  void theClaimIsRenewed() throws Exception {
    try (RunClaim claim = take()) {
      FileTime before = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
      Files.setLastModifiedTime(mark(), before);
      long deadline = System.nanoTime() + Duration.ofMinutes(5).toNanos();
      while (Files.getLastModifiedTime(mark()).equals(before) && System.nanoTime() < deadline) {
        Thread.sleep(10);
      }

      assertThat(Files.getLastModifiedTime(mark())).isGreaterThan(before);
      claim.requireHeld();
    }
  }

  @Test
  void aRunWhoseFolderWasTakenOverReplacesNothing() throws IOException {
    try (RunClaim claim = take()) {
      Files.write(mark(), ofAnotherMachine());

      assertThatThrownBy(claim::requireHeld)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContainingAll(
              "was taken over by another run", "node-7", "nothing was replaced");
    }
    assertThat(mark()).content().contains("node-7");
  }

  private static byte[] ofAnotherMachine() {
    return mark(ELSEWHERE);
  }

  private static byte[] mark(RunningProcess process) {
    return mark(process, "");
  }

  private static byte[] mark(RunningProcess process, String request) {
    Instant started = Instant.parse("2026-01-02T03:52:10Z");
    return new RunMark("a-run", process, started, request).write(started);
  }

  private RunClaim take() throws IOException {
    return take(Request.NONE, QUICK);
  }

  private RunClaim take(Request request, RunClaim.Timing timing) throws IOException {
    org.apache.hadoop.fs.Path folder = new org.apache.hadoop.fs.Path(work.toUri());
    return RunClaim.take(
        PlainFiles.of(folder, configuration), folder, "OUT", request, timing, configuration);
  }
}
