package io.nightjar.job.search;

import io.nightjar.bank.search.Fallbacks;
import io.nightjar.job.embed.Chunk;
import io.nightjar.job.measure.MapScoring;
import io.nightjar.job.measure.ScoredPart;
import io.nightjar.job.memory.MemoryPlan;
import io.nightjar.job.run.StageReport;
import io.nightjar.report.SearchQuality;
import java.util.List;
import java.util.Optional;

/** A bank that gives the memory back that was planned for it. */
record ReservedBank(CategoryBank bank, MemoryPlan.Reservation memory) implements CategoryBank {

  @Override
  public BankPlace place() {
    return bank.place();
  }

  @Override
  public ScoredPart score(List<Chunk> chunks, MapScoring scoring, StageReport stages) {
    return bank.score(chunks, scoring, stages);
  }

  @Override
  public Optional<SearchQuality> check(
      List<Chunk> sample, MapScoring scoring, StageReport stages, Fallbacks fallbacks) {
    return bank.check(sample, scoring, stages, fallbacks);
  }

  @Override
  public void close() {
    try {
      bank.close();
    } finally {
      memory.close();
    }
  }
}
