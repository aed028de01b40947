// What the sources that scripts/mutate.py writes need to select one of their mutants.
#ifndef SALESCHECKLIST_TESTS_MUTATION_SELECTED_HPP
#define SALESCHECKLIST_TESTS_MUTATION_SELECTED_HPP

#include <concepts>
#include <cstdlib>
#include <optional>
#include <type_traits>
#include <utility>

namespace mutation {

// The number of the mutant, from the environment.
inline const int number = [] {
  const char *text = std::getenv("SALESCHECKLIST_MUTANT");
  return text == nullptr ? 0 : std::atoi(text);
}();

// Ends a process whose mutant would not compile.
[[noreturn]] inline void impossible() { std::_Exit(77); }

// A binary operator with mutants from N on. `a < Site<N>{} < b` is `a < b` with the same precedence
// and order.
template <int N>
struct Site {};
template <int N, class A>
struct Operand {
  A &&value;
};

// clang-format off
#define SALESCHECKLIST_TRY(N, other)                                           \
  if (number == (N)) {                                                         \
    if constexpr (requires { static_cast<R>(a other b); })                     \
      return static_cast<R>(a other b);                                        \
    else                                                                       \
      impossible();                                                            \
  }
#define SALESCHECKLIST_SITE(name, op, first, second, count)                    \
  template <int N, class A>                                                    \
  Operand<N, A> operator op(A &&a, Site<N>) { return {std::forward<A>(a)}; }   \
  template <int N, class A, class B>                                           \
  auto name(Operand<N, A> left, B &&b) {                                       \
    auto &a = left.value;                                                      \
    using R = std::decay_t<decltype(std::forward<A>(a) op std::forward<B>(b))>;\
    SALESCHECKLIST_TRY(N, first)                                               \
    if constexpr ((count) > 1) SALESCHECKLIST_TRY(N + 1, second)               \
    return R(std::forward<A>(a) op std::forward<B>(b));                        \
  }                                                                            \
  template <int N, class A, class B>                                           \
  auto operator op(Operand<N, A> left, B &&b) {                                \
    return name(std::move(left), std::forward<B>(b));                                    \
  }                                                                            \
  template <int N, class A, class T> /* std::optional has operators for all */ \
  auto operator op(Operand<N, A> left, const std::optional<T> &b) {            \
    return name(std::move(left), b);                                           \
  }
SALESCHECKLIST_SITE(less, <, <=, >=, 2)
SALESCHECKLIST_SITE(at_most, <=, <, >, 2)
SALESCHECKLIST_SITE(greater, >, >=, <=, 2)
SALESCHECKLIST_SITE(at_least, >=, >, <, 2)
SALESCHECKLIST_SITE(equal, ==, !=, !=, 1)
SALESCHECKLIST_SITE(unequal, !=, ==, ==, 1)
SALESCHECKLIST_SITE(plus, +, -, -, 1)
SALESCHECKLIST_SITE(minus, -, +, +, 1)
SALESCHECKLIST_SITE(times, *, /, /, 1)
SALESCHECKLIST_SITE(divided, /, *, *, 1)
SALESCHECKLIST_SITE(modulo, %, *, *, 1)
SALESCHECKLIST_SITE(both, &, |, |, 1)
SALESCHECKLIST_SITE(either, |, &, &, 1)
SALESCHECKLIST_SITE(left_shift, <<, >>, >>, 1)
SALESCHECKLIST_SITE(right_shift, >>, <<, <<, 1)

// Assignments are read from right to left.
#define SALESCHECKLIST_ASSIGNMENT(op, other)                                   \
  template <int N, class B>                                                    \
  Operand<N, B> operator op(Site<N>, B &&b) { return {std::forward<B>(b)}; }   \
  template <int N, class A, class B>                                           \
  A &operator op(A &a, Operand<N, B> right) {                                  \
    if (number == N) {                                                         \
      if constexpr (requires { a other right.value; })                         \
        return a other right.value;                                            \
      else                                                                     \
        impossible();                                                          \
    }                                                                          \
    return a op std::forward<B>(right.value);                                  \
  }
SALESCHECKLIST_ASSIGNMENT(+=, -=)
SALESCHECKLIST_ASSIGNMENT(-=, +=)
SALESCHECKLIST_ASSIGNMENT(*=, /=)
SALESCHECKLIST_ASSIGNMENT(/=, *=)
SALESCHECKLIST_ASSIGNMENT(|=, &=)
SALESCHECKLIST_ASSIGNMENT(&=, |=)
// clang-format on

// What a function returns: the negation of a truth value, else a value that was initialised with
// {}.
template <int N, class T>
T other(T &&value) {
  using Value = std::remove_cvref_t<T>;
  if (number == N) {
    if constexpr (std::same_as<Value, bool>) {
      static bool negated;
      negated = !value;
      return static_cast<T>(negated);
    } else if constexpr (std::default_initializable<Value> && std::movable<Value>) {
      static Value empty;
      empty = Value{};
      return static_cast<T>(empty);
    } else {
      impossible();
    }
  }
  return std::forward<T>(value);
}

}  // namespace mutation

inline bool selected(int number) { return mutation::number == number; }

#endif
