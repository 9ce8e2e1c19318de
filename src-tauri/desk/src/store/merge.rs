//! Takes in what another laptop did: chunks and tallies, in any order, any number of times, with the same outcome.
use super::wording::of_sql;
use crate::fault::Result;
use sqlx::SqliteConnection;

/// Sums again from the tallies; of a key with several contents the one with the smallest hash counts.
pub(crate) async fn add_up_again(conn: &mut SqliteConnection) -> Result<()> {
    sqlx::raw_sql(
        "DELETE FROM tally_day; DELETE FROM tally_hour;
         INSERT INTO tally_day SELECT project, day, door, category, device, sum(delta), sum(iif(compensates IS NULL, 1, -1)) FROM tally GROUP BY 1, 2, 3, 4, 5;
         INSERT INTO tally_hour SELECT project, day, hour, door, sum(delta) FROM tally GROUP BY 1, 2, 3, 4;",
    )
    .execute(conn)
    .await
    .map_err(of_sql)?;
    Ok(())
}
