package io.nightjar.job.bank;

import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.bank.search.Fallbacks;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.decode.WhiteLevel;
import io.nightjar.job.embed.Chunk;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.measure.MapScoring;
import io.nightjar.job.measure.ScoredPart;
import io.nightjar.job.run.Quarantine;
import io.nightjar.job.run.StageReport;
import io.nightjar.job.search.BankPlace;
import io.nightjar.job.search.CategoryBank;
import io.nightjar.report.SearchQuality;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The one bank of all categories for one of them: it is not the category's to free. */
public record LentSource(SharedBank shared, SharedSource source) implements BankSource {

  @Override
  public CategoryBank bank(BankFactory factory) {
    return new Lent(shared.bank());
  }

  @Override
  public <T> Optional<T> withStored(BankFactory factory, Function<StoredBank, T> work) {
    return source.withStored(factory, work);
  }

  @Override
  public Optional<WhiteLevel> whiteLevel() {
    return Optional.of(shared.white());
  }

  @Override
  public Optional<EmbeddingSpec> spec() {
    return Optional.of(shared.spec());
  }

  @Override
  public Optional<String> identity(BankFactory factory) {
    return source.identity(factory);
  }

  @Override
  public Optional<String> storedIdentity() {
    return source.storedIdentity();
  }

  @Override
  public int images(CategoryPasses passes) {
    return shared.images();
  }

  @Override
  public int categories() {
    return shared.categories();
  }

  @Override
  public Quarantine quarantine(Category category, double limit) {
    return source.quarantine(category, limit);
  }

  /** It is reported once, not by category. */
  @Override
  public Map<String, Object> describe(BankPlace place) {
    return Map.of();
  }

  private record Lent(CategoryBank bank) implements CategoryBank {
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
      // Other categories are still compared with it.
    }
  }
}
