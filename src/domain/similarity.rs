//! How alike two titles are, by the groups of three letters that they share.

use std::collections::HashSet;

/// From so much on two titles are shown as a possible duplicate.
pub const ALIKE: f64 = 0.6;

/// The groups of three characters of each word, two spaces before it and one behind, as `pg_trgm` takes them.
fn trigrams(folded: &str) -> HashSet<[char; 3]> {
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut found = HashSet::new();
    for word in words {
        let padded: Vec<char> = [' ', ' '].into_iter().chain(word.chars()).chain([' ']).collect();
        found.extend(padded.windows(3).filter_map(|three| <[char; 3]>::try_from(three).ok()));
    }
    found
}

/// The groups that two folded texts share, as a part of all that they have: 0 for nothing in common, 1 for the same.
pub fn similarity(one: &str, other: &str) -> f64 {
    let (one, other) = (trigrams(one), trigrams(other));
    let (shared, all) = (one.intersection(&other).count(), one.union(&other).count());
    let part = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    if all == 0 { 0.0 } else { part(shared) / part(all) }
}

/// The words of a folded text that tell most of it, the longest first: what a search for similar ones looks for.
pub fn telling_words(folded: &str, most: usize) -> Vec<&str> {
    let mut words: Vec<&str> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.sort_by_key(|word| (std::cmp::Reverse(word.chars().count()), *word));
    words.dedup();
    words.truncate(most);
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::fold;

    #[test]
    fn a_title_typed_again_is_alike_and_another_is_not() {
        let alike = |one: &str, other: &str| similarity(&fold(one), &fold(other));
        let title = "Xây dựng Đề án chuyển đổi số quốc gia giai đoạn 2025-2030";
        assert!(alike(title, title) > 0.999);
        assert!(alike(title, "xay dung de an chuyen doi so quoc gia, giai doan 2025 - 2030") > 0.999);
        assert!(alike(title, "Xây dựng Đề án chuyển đổi số giai đoạn 2025-2030") > ALIKE);
        assert!(alike(title, "Rà soát, sửa đổi Thông tư về quản lý tần số") < ALIKE);
        assert!(alike("", "").abs() < f64::EPSILON);
    }

    #[test]
    fn the_longest_words_tell_most() {
        assert_eq!(telling_words("de an truyen thong so, truyen hinh", 3), ["truyen", "thong", "hinh"]);
        assert!(telling_words(" - ", 3).is_empty());
    }
}
