package io.nightjar.job.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvaluationOptionsTest {

  @Test
  void theDefaultsAreRecordedUnderTheirNamesInRunJson() {
    assertThat(EvaluationOptions.DEFAULT.asMap())
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("scope", "category"),
                Map.entry("variance", 0.95),
                Map.entry("coreset", 1.0),
                Map.entry("coreset_method", "greedy"),
                Map.entry("coreset_seed", 0L),
                Map.entry("chunk_images", 16),
                Map.entry("train_patches", "auto"),
                Map.entry("pca_solver", "blocked"),
                Map.entry("batch_images", 8),
                Map.entry("device", "auto"),
                Map.entry("neighbours", 1),
                Map.entry("broadcast_limit", "auto"),
                Map.entry("search", "exact"),
                Map.entry("smoothing", 0.0),
                Map.entry("image_score", "max"),
                Map.entry("resolution", "original"),
                Map.entry("exact_metrics", false),
                Map.entry("mask_values", "auto"),
                Map.entry("white_level", "auto"),
                Map.entry("max_quarantined", 0.01),
                Map.entry("partitions", "auto"),
                Map.entry("concurrent_categories", "auto"),
                Map.entry("pictures", 0)));
  }

  @Test
  void withStoredBanksNothingIsRecordedOfHowBanksAreBuilt() {
    EvaluationOptions options = EvaluationOptions.builder().variance(0.9).neighbours(3).build();

    assertThat(options.withStoredBanks())
        .containsEntry("neighbours", 3)
        .doesNotContainKeys(
            "scope",
            "variance",
            "coreset",
            "coreset_method",
            "coreset_seed",
            "chunk_images",
            "train_patches",
            "pca_solver");
  }

  @Test
  void singleOptionsAddUpWithinTheirConcern() {
    EvaluationOptions options =
        EvaluationOptions.builder()
            .run(RunOptions.DEFAULT.withPartitions(5))
            .maxQuarantined(0.5)
            .resolution(256)
            .exactMetrics(true)
            .build();

    assertThat(options.run())
        .isEqualTo(RunOptions.DEFAULT.withMaxQuarantined(0.5).withPartitions(5));
    assertThat(options.measure().resolutionName()).isEqualTo("256");
    assertThat(options.measure().exactMetrics()).isTrue();
    assertThat(options.bank()).isEqualTo(BankOptions.DEFAULT);
  }

  @Test
  void aChunkHoldsAtLeastOneBatch() {
    EvaluationOptions.Builder builder = EvaluationOptions.builder().batchImages(9);

    assertThat(builder.chunkImages(9).build().fit().chunkImages()).isEqualTo(9);
    assertThatThrownBy(builder.chunkImages(8)::build)
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "The option --chunk-images is 8; it must be at least batch-images (9) and at most 4096.");
  }
}
