package io.nightjar.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.dataset.ledger.Ledger;
import io.nightjar.dataset.listing.Inventory;
import io.nightjar.dataset.listing.Inventory.Account;
import io.nightjar.dataset.listing.Inventory.Fate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether an inventory accounts for a tree as the operating system shows it. */
public final class Accounting {
  private Accounting() {}

  /**
   * Asserts that every file and every dead link of a tree has one account, its own or that of a
   * folder above it, that there are no accounts of anything else, and that the ledger counts them.
   */
  public static void assertComplete(Inventory inventory, Ledger ledger, Path tree, String what)
      throws IOException {
    List<Account> accounts = inventory.accounts();
    List<String> paths =
        accounts.stream().map(account -> inventory.relative(account.path())).toList();
    Set<String> distinct = new TreeSet<>(paths);
    assertThat(paths).as(what).hasSameSizeAs(distinct);
    for (String path : distinct) {
      assertThat(Files.exists(tree.resolve(path), LinkOption.NOFOLLOW_LINKS))
          .as("%s: %s is there", what, path)
          .isTrue();
      assertThat(above(path)).as("%s: accounts above %s", what, path).noneMatch(distinct::contains);
    }
    for (String file : files(tree)) {
      assertThat(distinct.contains(file) || above(file).stream().anyMatch(distinct::contains))
          .as("%s: %s is accounted for", what, file)
          .isTrue();
    }
    assertThat(ledger.found()).as(what).isEqualTo(paths.size());
    assertThat(ledger.used()).as(what).isEqualTo(count(accounts, Fate.USED));
    assertThat(ledger.quarantined()).as(what).isEqualTo(count(accounts, Fate.QUARANTINED));
  }

  private static long count(List<Account> accounts, Fate fate) {
    return accounts.stream().filter(account -> account.fate() == fate).count();
  }

  /** The folders above a path. */
  private static List<String> above(String path) {
    return Stream.iterate(
            path.lastIndexOf('/'), slash -> slash > 0, slash -> path.lastIndexOf('/', slash - 1))
        .map(slash -> path.substring(0, slash))
        .toList();
  }

  /** Files and links; what links lead to is there by its own path or not at all. */
  private static Set<String> files(Path tree) throws IOException {
    try (Stream<Path> all = Files.walk(tree)) {
      return all.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
          .filter(path -> !Files.isSymbolicLink(path) || !Files.isDirectory(path))
          .map(path -> tree.relativize(path).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
