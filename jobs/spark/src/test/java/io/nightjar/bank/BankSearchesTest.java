package io.nightjar.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.bank.search.MemoryBank;
import io.nightjar.bank.search.NearestSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BankSearchesTest {
  private final AtomicInteger built = new AtomicInteger();

  @AfterEach
  void closeAll() {
    for (long id = 100; id < 110; id++) {
      BankSearches.release(id);
    }
  }

  @Test
  void tasksShareOneSearchOfABank() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<NearestSearch>> searches = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      searches.add(
          threads.submit(
              () -> {
                try (BankSearches.Lease lease = BankSearches.acquire(100, this::bank)) {
                  return lease.search();
                }
              }));
    }
    NearestSearch first = searches.get(0).get();
    for (Future<NearestSearch> search : searches) {
      assertThat(search.get()).isSameAs(first);
    }
    threads.shutdown();

    assertThat(built).hasValue(1);
    assertThat(isOpen(first)).isTrue();
  }

  @Test
  void aReleasedSearchClosesWithItsLastLease() {
    BankSearches.Lease one = BankSearches.acquire(101, this::bank);
    BankSearches.Lease other = BankSearches.acquire(101, this::bank);
    NearestSearch search = one.search();

    BankSearches.release(101);
    one.close();
    one.close();
    assertThat(isOpen(search)).isTrue();

    other.close();
    assertThat(isOpen(search)).isFalse();
  }

  @Test
  void idleSearchesDoNotPileUp() {
    List<NearestSearch> searches = new ArrayList<>();
    for (long id = 102; id < 102 + BankSearches.MAX_IDLE + 2; id++) {
      try (BankSearches.Lease lease = BankSearches.acquire(id, this::bank)) {
        searches.add(lease.search());
      }
    }

    assertThat(searches.stream().map(BankSearchesTest::isOpen))
        .containsExactly(false, false, true, true);
  }

  @Test
  void aBankThatCouldNotBeLoadedIsRequestedAgain() {
    assertThatThrownBy(
            () ->
                BankSearches.acquire(
                    109,
                    () -> {
                      throw new IllegalStateException("lost");
                    }))
        .hasMessage("lost");

    try (BankSearches.Lease lease = BankSearches.acquire(109, this::bank)) {
      assertThat(isOpen(lease.search())).isTrue();
    }
  }

  @Test
  void aBankThatCannotBeSearchedIsRefusedToEveryTask() {
    Supplier<MemoryBank> far = () -> new MemoryBank(1, List.of(new float[] {-3e38f, 3e38f}));
    try (BankSearches.Lease one = BankSearches.acquire(108, far);
        BankSearches.Lease other = BankSearches.acquire(108, far)) {
      assertThatThrownBy(one::search).hasMessageContaining("Row 0");
      assertThatThrownBy(other::search).hasMessageContaining("Row 0");
    }
  }

  private MemoryBank bank() {
    built.incrementAndGet();
    return new MemoryBank(1, List.of(new float[] {1}));
  }

  private static boolean isOpen(NearestSearch search) {
    try {
      search.meanDistances(new float[1], 1, 1);
      return true;
    } catch (IllegalStateException closed) {
      return false;
    }
  }
}
