package io.nightjar.benchmarks.bank;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A bank of 2.5 GiB, searched in shards by executors of 1 GiB and checked by brute force. */
@Command(
    name = "large-bank",
    description = "Searches a bank larger than any heap in shards; checks against brute force.")
public final class LargeBankBenchmark implements Callable<Integer> {
  @Option(
      names = "--rows",
      defaultValue = "4000000",
      description = "Rows of the bank (default: ${DEFAULT-VALUE}).")
  private long rows;

  @Option(
      names = "--dimension",
      defaultValue = "167",
      description = "Components of a row (default: ${DEFAULT-VALUE}).")
  private int dimension;

  @Option(
      names = "--images",
      defaultValue = "20",
      description = "Images whose 784 patches are searched for (default: ${DEFAULT-VALUE}).")
  private int images;

  @Option(
      names = "--lose-executor",
      description = "Kills an executor and searches once more: the result must not change.")
  private boolean loseExecutor;

  @Override
  public Integer call() throws Exception {
    List<String> arguments = new ArrayList<>();
    arguments.add(Long.toString(rows));
    arguments.add(Integer.toString(dimension));
    arguments.add(Integer.toString(images));
    if (loseExecutor) {
      arguments.add("lose");
    }
    return LargeBank.run(List.of(), arguments.toArray(String[]::new));
  }
}
