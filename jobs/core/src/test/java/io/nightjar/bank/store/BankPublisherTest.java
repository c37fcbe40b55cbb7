package io.nightjar.bank.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import io.nightjar.testing.MemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bank has one history, however many write to it. */
class BankPublisherTest {
  @TempDir private Path folder;

  private BankPublisher publisher() {
    return new BankPublisher(folder.toString(), SampleBanks.CONFIGURATION);
  }

  @Test
  void theSecondOfTwoWritersWithOneParentIsRefused() {
    SampleBanks.publish(folder, OptionalInt.empty());
    BankManifest one = SampleBanks.write(folder, OptionalInt.of(1));
    BankManifest other = SampleBanks.write(folder, OptionalInt.of(1));
    publisher().publish(one);

    assertThatThrownBy(() -> publisher().publish(other))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("it has version 2, but this version was built from version 1");
    assertThat(
            StoredBank.open(BankLocation.current(folder.toString()), SampleBanks.CONFIGURATION)
                .manifest())
        .isEqualTo(one);
  }

  @Test
  void aSecondFirstVersionIsRefused() {
    SampleBanks.publish(folder, OptionalInt.empty());

    assertThatThrownBy(() -> SampleBanks.publish(folder, OptionalInt.empty()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("this version was built from no version");
  }

  @Test
  void ofManyWritersAtOnceOneWins() throws InterruptedException {
    SampleBanks.publish(folder, OptionalInt.empty());
    List<Callable<Void>> writers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      BankManifest next = SampleBanks.write(folder, OptionalInt.of(1));
      writers.add(
          () -> {
            publisher().publish(next);
            return null;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(writers.size());
    int published = 0;
    for (Future<Void> writer : threads.invokeAll(writers)) {
      try {
        writer.get();
        published++;
      } catch (ExecutionException e) {
        assertThat(e).hasCauseInstanceOf(InvalidInputException.class);
      }
    }
    threads.shutdown();

    assertThat(published).isEqualTo(1);
    assertThat(publisher().currentVersion()).hasValue(2);
  }

  /** A writer that is held up loses its lock to another, which publishes, and then goes on. */
  @Test
  void aWriterWithoutItsLockIsRefusedByAStoreThatKnowsWhatItHas() {
    Configuration configuration = MemoryStore.configuration();
    String bank = "gs://conditional/" + UUID.randomUUID() + "/bottle";
    BankPublisher publisher = new BankPublisher(bank, configuration);
    SampleBanks.publish(bank, OptionalInt.empty(), configuration);
    BankManifest one = SampleBanks.write(bank, OptionalInt.of(1), configuration);
    BankManifest other = SampleBanks.write(bank, OptionalInt.of(1), configuration);
    MemoryStore.beforeUpload(
        bank + "/bank.json",
        () -> {
          MemoryStore.remove(bank + "/" + BankPublisher.LOCK);
          publisher.publish(other);
        });

    assertThatThrownBy(() -> publisher.publish(one))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("it has version 2, but this version was built from version 1");
    for (String location : List.of(bank, bank + "@2")) {
      assertThat(StoredBank.open(BankLocation.parse(location), configuration).manifest())
          .isEqualTo(other);
    }
  }

  @Test
  void onlyOneWriterPublishesAtATime() throws IOException {
    Files.writeString(folder.resolve(BankPublisher.LOCK), "version 1");

    assertThatThrownBy(() -> SampleBanks.publish(folder, OptionalInt.empty()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Another writer is publishing");
  }

  @Test
  void theLockOfADeadWriterEnds() throws IOException {
    Path lock = Files.writeString(folder.resolve(BankPublisher.LOCK), "version 1");
    Files.setLastModifiedTime(
        lock, FileTime.from(Instant.now().minus(BankPublisher.STALE).minusSeconds(1)));

    SampleBanks.publish(folder, OptionalInt.empty());

    assertThat(publisher().currentVersion()).hasValue(1);
    assertThat(lock).doesNotExist();
  }
}
