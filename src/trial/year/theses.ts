// Titles, keywords and directions of fictitious theses and practice outcomes, made from words of the field.
import type { WordField } from './disciplines.ts';
import type { Random } from './random.ts';

interface Words {
  readonly objects: readonly string[];
  readonly topics: readonly string[];
  readonly methods: readonly string[];
}

const words = (objects: string, topics: string, methods: string): Words => ({
  objects: objects.split(' '),
  topics: topics.split(' '),
  methods: methods.split(' '),
});

const WORDS: Readonly<Record<WordField, Words>> = {
  letters: words(
    '《聊斋志异》 运河题材小说 鲁西方言 沈从文散文 当代网络文学 唐代边塞诗 英汉新闻语篇 地方戏曲唱词 李清照词 科技文本',
    '叙事策略 意象 女性形象 隐喻 语用特征 翻译策略 接受与传播 审美意蕴 语体特征',
    '认知语言学 比较文学 语料库 功能对等理论 生态批评',
  ),
  education: words(
    '小学语文课堂 农村幼儿园 初中数学教学 高中生物实验 特殊儿童家庭 校园足球 师范生 中学班主任',
    '核心素养培养 教学设计 学习动机 家校共育 评价体系 专业成长 游戏化教学 课堂提问',
    '行动研究 问卷调查 深度学习理念 项目式学习 个案研究',
  ),
  society: words(
    '基层治理 个人信息保护 乡村振兴 未成年人保护 网络意识形态 劳动关系 社区矫正 红色文化资源',
    '法律规制 实践路径 现状与对策 育人价值 制度完善 权利保障',
    '比较法 社会调查 政策文本 案例 历史考察',
  ),
  economy: words(
    '中小企业 上市公司 农村电商 地方商业银行 跨境电商 制造业 物流企业 数字经济',
    '财务风险 营销策略 融资约束 内部控制 绩效评价 供应链协同 税收筹划 成本管理',
    '面板数据 因子分析 层次分析法 平衡计分卡 案例分析',
  ),
  science: words(
    '分数阶微分方程 二维钙钛矿材料 稀土配合物 黄河流域遥感影像 随机网络 光学微腔 非线性方程组 金属有机框架',
    '数值解法 光电性能 稳定性 时空变化 合成与表征 渐近行为 催化活性',
    '有限差分法 密度泛函理论 机器学习 蒙特卡罗方法 水热法',
  ),
  engineering: words(
    '温室环境监测系统 校园二手交易平台 新能源汽车电池包 装配式住宅楼 工业机器人手臂 图书推荐系统 智能小车 光伏并网逆变器',
    '设计与实现 结构优化 路径规划 故障诊断 控制策略 性能分析 目标检测',
    'STM32 深度学习 Spring Boot 有限元分析 模糊控制 物联网',
  ),
  life: words(
    '小麦条锈病 阿胶低聚肽 设施番茄 黄河鲤鱼 玉米秸秆 益生菌发酵乳 盐碱地土壤 丹参酮',
    '抗性鉴定 提取工艺 生长发育 品质影响 降解机制 微生物群落 抗氧化活性',
    '转录组测序 响应面法 田间试验 高效液相色谱 基因编辑',
  ),
  arts: words(
    '东昌葫芦雕刻 鲁西民歌 运河古城 高校校园 地方博物馆 民间剪纸',
    '视觉形象设计 演唱处理 文创产品设计 空间导视设计 创新应用',
    '感性工学 地域文化 用户体验 服务设计',
  ),
};

/** A thesis as the record names it. */
export interface Thesis {
  readonly title: string;
  readonly keywords: string;
  readonly direction: string;
}

/** Makes a thesis of a field; a practice outcome has the title of a design, not of a study. */
export function makeThesis(random: Random, field: WordField, practice = false): Thesis {
  const { objects, topics, methods } = WORDS[field];
  const [object, topic, method] = [random.pick(objects), random.pick(topics), random.pick(methods)];
  const studied = random.weighted([
    [`基于${method}的${object}${topic}研究`, 5],
    [`${object}的${topic}研究`, 3],
    [`${object}${topic}探析——以聊城市为例`, 2],
  ]);
  return {
    title: practice ? `${object}${topic}方案及实施报告` : studied,
    keywords: [object, topic, method].join('；'),
    direction: topic.slice(0, 15),
  };
}
