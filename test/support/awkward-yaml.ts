/** What people, tools and attackers write where YAML expects a value; most mean something else than they seem to. */
export const awkwardValues: readonly string[] = [
  ...String.raw`
~ null Null NULL nULL true True TRUE tRUE false False FALSE yes NO
0 -0 +0 00 007 1 -1 +1 12345678901234567890 9007199254740991 9007199254740992 999999999999999 1000000000000000
1. .5 -.5 +.5 1.5 -1.50 -0.0 0.0 1.0000000000000001 0.000000000000000000001 0.0000000000000001 1..2 1.2.3 10.0.0.1
1e3 1E-3 1e999 0e0 1e e3 0e-1 -0e0 1.5e+3 1e-999 0x1F 0xG 0o17 0o8 0b1 1_000 0x 0o -0x1 -0o7
.inf -.INF +.Inf .nan .NaN NaN 2026-12-25 2026-11-21T08:15:00Z 08:15 22:22:22 1:2 12-3 -1- PT15M x
- -- -x ?x : :x ? a: a:b a:,b a:] a:} x? # #x a# a#b it's 'it''s' ' '' 'a'#b 'a\n' "a" "a\n" "a\"b" "a\\" " "" "a":b
"\u0000" "#" &a *a !a !!x %a @a | |- |+ |2 > >- |x >x |-2 [] {} [a] [a,b] [a,] [,a] [,] [a a] ] [a]] [[]] [[a],{}]
[a]#b [a]:b {a:1} {a} {a:} { } {"a":1} {a:"b"} ["a"] ["a","b"] ['a'] [a:b] [#a] [a#b] [-1] [-] [-x] [~] [~,null,1.5]
<< = =x (x) $x /x/y \x \ ^x ;x +x x+ --- ... é ünïcode 日本 👩‍💻 https://a.b/c?d=e#f 100% a,b {a} a{b}
`
    .split(/\s/)
    .filter(Boolean),
  ...`
- x
? x
: x
a: b
a : b
a :b
a #
a # b
a  #b
a  b
a, b
a {b}
'a' b
'a' #b
"a" b
"a": b
"a" :b
": "
': '
&a b
!!str 1
| # c
| x
[ ]
{ }
[a, b]
[a, , b]
[ a , "b" ]
[a] #b
[a] b
[a]: b
{a: 1}
{ a: 1, b: 2 }
{a: }
{a: 1,}
{a: 1, a: 2}
{ a: [1, {b: "c"}] }
{ a: b: c }
[a: b]
[{a: 1}: 2]
{ null: 1 }
{1: 2}
{ a b: 1 }
[a #b]
[-1, - 1]
[a b, c d]
['a' 'b']
[a "b"]
["a", 'b']
<< x
--- x
... x
50 %
x y: z
`.split('\n'),
  ...['`a', '', ' ', '  a', 'a ', 'a\tb', '\ta', 'a\t', '"a\tb"', 'x'.repeat(1030), `[${'abc, '.repeat(300)}a]`],
  ...['\u2028', 'a\u2028b', 'a\u2029', '\u00a0', 'a\u00a0', '\u00a0a', 'a\u00a0#b', '\u3000', '\u200b', '"\u2028"'],
]

/** What they write where YAML expects the name of a field. */
export const awkwardNames: readonly string[] = [
  ...'a a1 A _ _a mon-fri a.b a/b on_hold:x y n null Null NULL true True FALSE ~ 1 1a -a .a .inf é café'.split(' '),
  ...['cafe\u0301', 'a b', 'a:', '"a"', "'a'", '<<', '? a', '- a', '[a]', '{a}', 'a'.repeat(100), 'a'.repeat(1025)],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype', 'length'],
]
